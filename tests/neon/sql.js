'use strict';
// POST /sql: what Neon's proxy makes of a request, from the connection string to the answer.

const net = require('net');
const json = require('./json');
const { ConnectionError, DatabaseError } = require('./postgres');
const { passwordFits } = require('./scram');

const LEVELS = {
    ReadUncommitted: 'READ UNCOMMITTED',
    ReadCommitted: 'READ COMMITTED',
    RepeatableRead: 'REPEATABLE READ',
    Serializable: 'SERIALIZABLE',
};

/** An error of the proxy's own, without one of PostgreSQL under it. */
class ProxyError extends Error {
    constructor(status, text) {
        super(text);
        this.status = status;
    }
}

/** An error of PostgreSQL's that is answered with another status than 400. */
class ConnectFailure extends Error {
    constructor(cause) {
        super(cause.message);
        this.cause = cause;
        this.status = 500;
    }
}

/** The body of an error answer: all keys are always there, null where PostgreSQL said nothing. */
function errorBody(error) {
    const cause = error.cause || error;
    const from = cause instanceof DatabaseError ? cause.fields : {};
    const field = (letter) => (letter in from ? from[letter] : null);
    return JSON.stringify({
        message: cause.message,
        code: from.C || '',
        detail: field('D'),
        hint: field('H'),
        position: field('P'),
        internalPosition: field('p'),
        internalQuery: field('q'),
        severity: from.S || '',
        where: field('W'),
        table: field('t'),
        column: field('c'),
        schema: field('s'),
        dataType: field('d'),
        constraint: field('n'),
        file: field('F'),
        line: field('L'),
        routine: field('R'),
    });
}

function decoded(text, what) {
    try {
        return decodeURIComponent(text);
    } catch {
        throw new ProxyError(400, `invalid ${what}: invalid utf-8 sequence`);
    }
}

function hostOf(url) {
    const host = url.hostname;
    if (!host || host.startsWith('[') || net.isIP(host)) {
        throw new ProxyError(400, 'missing hostname');
    }
    return host;
}

/** { user, password, database, endpoint } of the headers. */
function connectionOf(headers) {
    const text = headers['neon-connection-string'];
    if (!text) {
        throw new ProxyError(400, 'invalid header: neon-connection-string');
    }
    let url;
    try {
        url = new URL(text);
    } catch {
        throw new ProxyError(400, 'invalid connection string: relative URL without a base');
    }
    if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
        throw new ProxyError(400, 'incorrect scheme');
    }
    const database = decoded(url.pathname.split('/')[1] || '', 'database name');
    if (!database) {
        throw new ProxyError(400, 'missing database name');
    }
    const user = decoded(url.username, 'username');
    if (!user) {
        throw new ProxyError(400, 'missing username');
    }
    if (!url.password || headers.authorization) {
        throw new ProxyError(400, 'missing authentication credentials: required password');
    }
    const password = decoded(url.password, 'password');
    return { user, password, database, endpoint: hostOf(url).split('.')[0] };
}

function optionsOf(headers) {
    const level = headers['neon-batch-isolation-level'];
    if (level !== undefined && !(level in LEVELS)) {
        throw new ProxyError(400, 'invalid isolation level');
    }
    return {
        raw: headers['neon-raw-text-output'] === 'true',
        arrayMode: headers['neon-array-mode'] === 'true',
        level,
        readOnly: headers['neon-batch-read-only'] === 'true',
        deferrable: headers['neon-batch-deferrable'] === 'true',
    };
}

const isQuery = (value) =>
    value !== null &&
    typeof value === 'object' &&
    typeof value.query === 'string' &&
    (value.params === undefined || Array.isArray(value.params)) &&
    (value.arrayMode === undefined ||
        value.arrayMode === null ||
        typeof value.arrayMode === 'boolean');

function payloadOf(body) {
    const why = (text) => new ProxyError(400, `could not parse the HTTP request body: ${text}`);
    let payload;
    try {
        payload = json.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
        throw why(error.message);
    }
    const isBatch = payload && Array.isArray(payload.queries) && payload.queries.every(isQuery);
    if (!isQuery(payload) && !isBatch) {
        throw why('data did not match any variant of untagged enum Payload');
    }
    return payload;
}

/** Command and count of a command tag: "INSERT 0 1", "SELECT 2", "CREATE TABLE". */
function countOf(tag) {
    const [command, ...rest] = tag.split(' ');
    const count = command === 'INSERT' ? rest[1] : rest.join(' ');
    return { command, rowCount: /^\d+$/.test(count || '') ? Number(count) : null };
}

/** The element types of the array types among the columns. */
async function elementsOf(connection, fields) {
    const types = [...new Set(fields.map((field) => field.dataTypeID))];
    const found = await connection.query(
        `select oid, typelem from pg_catalog.pg_type
         where oid = any ($1::oid[]) and typcategory = 'A' and typelem <> 0`,
        [`{${types.join(',')}}`],
    );
    return new Map(found.rows.map(([type, element]) => [Number(type), Number(element)]));
}

class Statements {
    constructor(connection, options, most) {
        this.connection = connection;
        this.options = options;
        this.most = most;
        this.size = 0; // of the rows' JSON so far
    }

    tooLarge() {
        return new ProxyError(507, `response is too large (max is ${this.most} bytes)`);
    }

    grow(text) {
        this.size += Buffer.byteLength(text) + 1;
        if (this.size > this.most) {
            throw this.tooLarge();
        }
        return text;
    }

    row(values, fields, elements, asArray) {
        const texts = values.map((value, i) =>
            this.options.raw
                ? JSON.stringify(value)
                : json.fromText(value, fields[i].dataTypeID, elements),
        );
        const named = (text, i) => `${JSON.stringify(fields[i].name)}:${text}`;
        return this.grow(asArray ? `[${texts.join(',')}]` : `{${texts.map(named).join(',')}}`);
    }

    /** Runs one statement; its result as JSON text. */
    async run({ query, params, arrayMode }) {
        const texts = (params || []).map(json.toParameter);
        if (query.includes('\0') || texts.length > 65535) {
            throw new ProxyError(400, 'error encoding message to server');
        }
        // PostgreSQL's five bytes for a digit are two in JSON; what counts is JSON's size, in grow.
        const result = await this.connection.query(query, texts, 4 * this.most, () =>
            this.tooLarge(),
        );
        const { fields, rows, tag } = result;
        const needed = !this.options.raw && rows.length > 0;
        const elements = needed ? await elementsOf(this.connection, fields) : new Map();
        const asArray = typeof arrayMode === 'boolean' ? arrayMode : this.options.arrayMode;
        let parts;
        try {
            parts = rows.map((values) => this.row(values, fields, elements, asArray));
        } catch (error) {
            throw error instanceof SyntaxError
                ? new ProxyError(500, 'could not parse postgres response')
                : error;
        }
        const { command, rowCount } = countOf(tag);
        return (
            `{"rowAsArray":${asArray},"fields":${JSON.stringify(fields)},` +
            `"rows":[${parts.join(',')}],` +
            `"command":${JSON.stringify(command)},"rowCount":${rowCount}}`
        );
    }

    async batch(queries) {
        const { level, readOnly, deferrable } = this.options;
        await this.connection.execute(
            'START TRANSACTION' +
                (level ? ` ISOLATION LEVEL ${LEVELS[level]}` : '') +
                (readOnly ? ' READ ONLY' : '') +
                (deferrable ? ' DEFERRABLE' : ''),
        );
        const results = [];
        for (const query of queries) {
            results.push(await this.run(query));
        }
        await this.connection.execute('COMMIT');
        return `{"results":[${results.join(',')}]}`;
    }
}

class SqlEndpoint {
    /** settings: { endpoints (empty: any), maxRequest, maxResponse, pool, admin } */
    constructor(settings) {
        this.settings = settings;
    }

    async secretOf(user) {
        const { pool, admin } = this.settings;
        const connection = await pool.take(admin.user, admin.password, admin.database);
        try {
            const { rows } = await connection.query(
                'select rolpassword from pg_catalog.pg_authid where rolname = $1 and rolcanlogin',
                [user],
            );
            await pool.give(connection);
            return rows.length > 0 ? rows[0][0] : null;
        } catch (error) {
            connection.close();
            throw error;
        }
    }

    async checkPassword({ user, password, endpoint }) {
        const { endpoints } = this.settings;
        if (endpoints.length > 0 && !endpoints.includes(endpoint.replace(/-pooler$/, ''))) {
            throw new ProxyError(500, 'Control plane request failed: endpoint cannot be found');
        }
        if (!passwordFits(await this.secretOf(user), password)) {
            throw new ProxyError(400, `password authentication failed for user '${user}'`);
        }
    }

    async connect(target) {
        try {
            await this.checkPassword(target);
            return await this.settings.pool.take(target.user, target.password, target.database);
        } catch (error) {
            if (error instanceof ProxyError) {
                throw error;
            }
            throw error instanceof DatabaseError
                ? new ConnectFailure(error)
                : new ProxyError(500, "Couldn't connect to compute node");
        }
    }

    /** Answers { status, headers, body }. `watch` gets the connection, to cancel what it runs. */
    async answer(headers, readBody, watch) {
        try {
            const target = connectionOf(headers);
            const options = optionsOf(headers);
            const { maxRequest, maxResponse, pool } = this.settings;
            const body = await readBody(maxRequest);
            if (!body) {
                throw new ProxyError(413, `request is too large (max is ${maxRequest} bytes)`);
            }
            const payload = payloadOf(body);
            const connection = await this.connect(target);
            watch(connection);
            const text = await this.execute(
                payload,
                new Statements(connection, options, maxResponse),
            );
            watch(null);
            await pool.give(connection);
            return {
                status: 200,
                headers: payload.queries ? batchHeaders(options) : {},
                body: text,
            };
        } catch (error) {
            if (
                !(
                    error.status ||
                    error instanceof DatabaseError ||
                    error instanceof ConnectionError
                )
            ) {
                throw error;
            }
            watch(null);
            return { status: error.status || 400, headers: {}, body: errorBody(error) };
        }
    }

    async execute(payload, statements) {
        try {
            return payload.queries
                ? await statements.batch(payload.queries)
                : await statements.run(payload);
        } catch (error) {
            statements.connection.close();
            throw error;
        }
    }
}

function batchHeaders({ level, readOnly, deferrable }) {
    return {
        ...(level ? { 'neon-batch-isolation-level': level } : {}),
        ...(readOnly ? { 'neon-batch-read-only': 'true' } : {}),
        ...(deferrable ? { 'neon-batch-deferrable': 'true' } : {}),
    };
}

module.exports = { SqlEndpoint };
