'use strict';
// Neon's official client takes the stand-in for Neon.

const assert = require('assert');
const fs = require('fs');
const http2 = require('http2');
const https = require('https');
const { after, before, beforeEach, test } = require('node:test');
const { neon, neonConfig, NeonDbError } = require('@neondatabase/serverless');
const { Harness, HOST, fault } = require('./harness');

let harness;
let port;
let sql;
let calls; // what the client asked fetch for

before(async () => {
    harness = new Harness();
    ({ port } = await harness.start());
    sql = neon(harness.url());
});

after(() => harness.close());

// The address that the client would have gone to is kept; the stand-in answers.
beforeEach(() => {
    calls = [];
    neonConfig.fetchFunction = (url, options) => {
        calls.push({ url, options });
        return fetch(`http://127.0.0.1:${port}/sql`, options);
    };
});

async function failure(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new assert.AssertionError({ message: 'it did not fail' });
}

test('a statement comes back as rows, and this is what the client sends', async () => {
    const rows = await sql`select ${1}::int + 1 as two, ${'x'} as text, null as nothing`;
    assert.deepStrictEqual(rows, [{ two: 2, text: 'x', nothing: null }]);
    const [{ url, options }] = calls;
    assert.strictEqual(url, 'https://api.us-east-2.aws.neon.tech/sql');
    assert.strictEqual(options.method, 'POST');
    const { 'Neon-Connection-String': string, ...headers } = options.headers;
    assert.ok(string.startsWith(`${harness.url()}&application_name=`), 'the whole of the URL');
    assert.deepStrictEqual(headers, { 'Neon-Raw-Text-Output': 'true', 'Neon-Array-Mode': 'true' });
    assert.deepStrictEqual(JSON.parse(options.body), {
        query: 'select $1::int + 1 as two, $2 as text, null as nothing',
        params: ['1', 'x'],
    });
});

test('fullResults tells fields, command and count', async () => {
    const result = await sql.query(
        'select 42 as answer, oid from pg_class where oid = $1',
        [1259],
        { fullResults: true },
    );
    assert.strictEqual(result.command, 'SELECT');
    assert.strictEqual(result.rowCount, 1);
    assert.strictEqual(result.rowAsArray, false);
    assert.deepStrictEqual(result.rows, [{ answer: 42, oid: 1259 }]);
    assert.deepStrictEqual(result.fields, [
        {
            name: 'answer',
            dataTypeID: 23,
            tableID: 0,
            columnID: 0,
            dataTypeSize: 4,
            dataTypeModifier: -1,
            format: 'text',
        },
        {
            name: 'oid',
            dataTypeID: 26,
            tableID: 1259,
            columnID: 1,
            dataTypeSize: 4,
            dataTypeModifier: -1,
            format: 'text',
        },
    ]);
});

test('arrayMode keeps columns of one name', async () => {
    const rows = await sql.query('select 1 as a, 2 as a', [], { arrayMode: true });
    assert.deepStrictEqual(rows, [[1, 2]]);
});

test('statements tell how many rows they touched', async () => {
    const run = (text) => sql.query(text, [], { fullResults: true });
    const created = await run('create table counted (n int primary key)');
    assert.deepStrictEqual([created.command, created.rowCount], ['CREATE', null]);
    const inserted = await run('insert into counted select generate_series(1, 5)');
    assert.deepStrictEqual([inserted.command, inserted.rowCount], ['INSERT', 5]);
    const updated = await run('update counted set n = -n where n > 3');
    assert.deepStrictEqual([updated.command, updated.rowCount], ['UPDATE', 2]);
    const deleted = await run('delete from counted where n = 99');
    assert.deepStrictEqual([deleted.command, deleted.rowCount], ['DELETE', 0]);
    await run('drop table counted');
});

test('types arrive as node-postgres makes them', async () => {
    const [row] = await sql`select true as yes, 2::int2 as small, 9007199254740993 as big,
        1.5::float8 as float, 'NaN'::float8 as nan, 12.3400::numeric as numeric,
        '{"a": [1, null]}'::jsonb as doc, '\\x00ff'::bytea as bytes, array[1, null, 3] as numbers,
        array['a "b"', 'NULL', null, '{}', ''] as texts, '[2:3]={7,8}'::int[] as bounded,
        '2026-01-02 03:04:05.678+00'::timestamptz as at, 'süß 村 😀' as text,
        'b4a8a52e-2f0b-4c9d-9a1e-111111111111'::uuid as id`;
    assert.deepStrictEqual(row, {
        yes: true,
        small: 2,
        big: '9007199254740993',
        float: 1.5,
        nan: NaN,
        numeric: '12.3400',
        doc: { a: [1, null] },
        bytes: Buffer.from([0, 255]),
        numbers: [1, null, 3],
        texts: ['a "b"', 'NULL', null, '{}', ''],
        bounded: [7, 8],
        at: new Date('2026-01-02T03:04:05.678Z'),
        text: 'süß 村 😀',
        id: 'b4a8a52e-2f0b-4c9d-9a1e-111111111111',
    });
});

test('parameters arrive as PostgreSQL means them', async () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    const nested = ['12', '34'].map((digits) => [...digits].map(Number));
    const [row] = await sql`select ${true}::bool as yes, ${1.25}::numeric as number,
        ${['a,"b"\\', null, 'NULL', '']}::text[] as texts, ${nested}::int[] as nested,
        ${{ a: 'ü' }}::jsonb as doc, ${Buffer.from([0, 1, 255])} as bytes, ${null}::int as nothing,
        ${at}::timestamptz as at, ${'9223372036854775807'}::int8 as big`;
    assert.deepStrictEqual(row, {
        yes: true,
        number: '1.25',
        texts: ['a,"b"\\', null, 'NULL', ''],
        nested,
        doc: { a: 'ü' },
        bytes: Buffer.from([0, 1, 255]),
        nothing: null,
        at,
        big: '9223372036854775807',
    });
});

test('a batch is one transaction with what was asked for', async () => {
    const settings = sql`select current_setting('transaction_isolation') as level,
        current_setting('transaction_read_only') as "readOnly",
        current_setting('transaction_deferrable') as deferrable, txid_current_if_assigned() as id`;
    const levels = {
        ReadUncommitted: 'read uncommitted',
        ReadCommitted: 'read committed',
        RepeatableRead: 'repeatable read',
        Serializable: 'serializable',
    };
    for (const [isolationLevel, level] of Object.entries(levels)) {
        const [[row]] = await sql.transaction([settings], { isolationLevel });
        assert.deepStrictEqual(row, { level, readOnly: 'off', deferrable: 'off', id: null });
    }
    const [[first], [second]] = await sql.transaction([settings, sql`select 2 as two`], {
        isolationLevel: 'Serializable',
        readOnly: true,
        deferrable: true,
    });
    assert.deepStrictEqual(first, {
        level: 'serializable',
        readOnly: 'on',
        deferrable: 'on',
        id: null,
    });
    assert.deepStrictEqual(second, { two: 2 });
    const ids = await sql.transaction([
        sql`select txid_current() as id`,
        sql`select txid_current() as id`,
    ]);
    assert.strictEqual(ids[0][0].id, ids[1][0].id);
});

test('the first error of a batch undoes all of it', async () => {
    await sql`create table kept (n int primary key)`;
    const error = await failure(
        sql.transaction([
            sql`insert into kept values (1)`,
            sql`insert into kept values (1)`,
            sql`select 1 / 0`,
        ]),
    );
    assert.ok(error instanceof NeonDbError);
    assert.strictEqual(error.code, '23505');
    assert.deepStrictEqual(await sql`select * from kept`, []);
    const readOnly = await failure(
        sql.transaction([sql`insert into kept values (1)`], { readOnly: true }),
    );
    assert.strictEqual(readOnly.code, '25006');
    // What only the end of the transaction finds.
    await sql`create table late (n int unique deferrable initially deferred)`;
    const late = await failure(sql.transaction([sql`insert into late values (1), (1)`]));
    assert.strictEqual(late.code, '23505');
    assert.deepStrictEqual(await sql`select * from late`, []);
    await sql`drop table kept, late`;
});

test('an error has the fields that PostgreSQL gave it', async () => {
    await sql`create table strict (n int constraint positive check (n > 0))`;
    const error = await failure(sql`insert into strict values (-1)`);
    assert.ok(error instanceof NeonDbError);
    assert.strictEqual(
        error.message,
        'new row for relation "strict" violates check constraint "positive"',
    );
    const { severity, code, detail, schema, table, constraint, hint, routine } = error;
    assert.deepStrictEqual(
        { severity, code, detail, schema, table, constraint, hint, routine },
        {
            severity: 'ERROR',
            code: '23514',
            detail: 'Failing row contains (-1).',
            schema: 'public',
            table: 'strict',
            constraint: 'positive',
            hint: undefined,
            routine: 'ExecConstraints',
        },
    );
    await sql`drop table strict`;
    const syntax = await failure(sql.query('select 1 +'));
    assert.deepStrictEqual([syntax.code, syntax.position], ['42601', '11']);
    const inside = await failure(sql.query(`do $$ begin execute 'selec'; end $$`));
    assert.deepStrictEqual(
        [inside.code, inside.internalPosition, inside.internalQuery, inside.position],
        ['42601', '1', 'selec', undefined],
    );
    assert.match(inside.where, /^PL\/pgSQL function inline_code_block line 1/);
});

test('errors of the proxy are NeonDbErrors without a code, or server errors', async () => {
    const wrong = await failure(neon(harness.url({ password: 'wrong' }))`select 1`);
    assert.ok(wrong instanceof NeonDbError);
    assert.strictEqual(wrong.message, `password authentication failed for user '${harness.name}'`);
    assert.deepStrictEqual([wrong.code, wrong.severity, wrong.detail], ['', '', undefined]);
    const address = await failure(neon(harness.url({ host: '127.0.0.1' }))`select 1`);
    assert.strictEqual(address.message, 'missing hostname');
    const two = await failure(sql.query('select 1; select 2'));
    assert.strictEqual(two.code, '42601');
    const level = await failure(sql.transaction([sql`select 1`], { isolationLevel: 'Wrong' }));
    assert.strictEqual(level.message, 'invalid isolation level');
    const large = await failure(sql`select repeat('x', 10485760)`);
    assert.match(
        large.message,
        /^Server error \(HTTP status 507\): .*response is too large \(max is 10485760 bytes\)/,
    );
    const long = await failure(sql`select ${'x'.repeat(10485760)}`);
    assert.match(
        long.message,
        /^Server error \(HTTP status 413\): .*request is too large \(max is 10485760 bytes\)/,
    );
});

test('what is on demand looks to the client as from Neon', async () => {
    await fault(port, { fault: 'restart' });
    const restart = await failure(sql`select 1`);
    assert.match(restart.message, /HTTP status 500\): .*Couldn't connect to compute node/);
    await fault(port, { fault: 'rate_limit' });
    const limit = await failure(sql`select 1`);
    assert.match(limit.message, /HTTP status 429\): \{"msg":"/);
    await fault(port, { fault: 'drop' });
    const dropped = await failure(sql`select 1`);
    assert.match(dropped.message, /^Error connecting to database: /);
    await fault(port, { fault: 'cold_start', ms: 300 });
    const start = Date.now();
    assert.deepStrictEqual(await sql`select 1 as one`, [{ one: 1 }]);
    assert.ok(Date.now() - start >= 290);
});

// fetch with another transport below it, since Node's own does not speak HTTP/2.
async function overTls(authority, path, { headers, body }, ca) {
    const client = http2.connect(authority, { ca, servername: 'localhost' });
    try {
        const stream = client.request({ ':method': 'POST', ':path': path, ...headers });
        stream.setEncoding('utf8');
        stream.end(body);
        const [answer] = await Promise.race([
            new Promise((resolve) => {
                stream.once('response', (...all) => resolve(all));
            }),
            new Promise((_, reject) => {
                stream.once('error', reject);
                client.once('error', reject);
            }),
        ]);
        let text = '';
        for await (const chunk of stream) {
            text += chunk;
        }
        const protocol = client.alpnProtocol;
        return { protocol, response: new Response(text, { status: answer[':status'] }) };
    } finally {
        client.close();
    }
}

function overHttps(url, { headers, body }, ca) {
    return new Promise((resolve, reject) => {
        const sent = https.request(url, { method: 'POST', headers, ca, servername: 'localhost' });
        sent.on('response', async (answer) => {
            let text = '';
            for await (const chunk of answer) {
                text += chunk;
            }
            resolve(new Response(text, { status: answer.statusCode }));
        });
        sent.on('error', reject);
        sent.end(body);
    });
}

test('it is the same over TLS, by HTTP/2 and HTTP/1.1', async () => {
    const { cert, key } = harness.certificate('localhost');
    const ca = fs.readFileSync(cert);
    const secure = await harness.start('--tls', cert, key);
    const protocols = [];
    neonConfig.fetchFunction = async (_, options) => {
        const { protocol, response } = await overTls(
            `https://127.0.0.1:${secure.port}`,
            '/sql',
            options,
            ca,
        );
        protocols.push(protocol);
        return response;
    };
    assert.deepStrictEqual(await sql`select 2 as version`, [{ version: 2 }]);
    assert.strictEqual((await failure(sql`selec`)).code, '42601');
    assert.deepStrictEqual(protocols, ['h2', 'h2']);
    neonConfig.fetchFunction = (_, options) =>
        overHttps(`https://127.0.0.1:${secure.port}/sql`, options, ca);
    assert.deepStrictEqual(await sql`select 1 as version`, [{ version: 1 }]);
    // The certificate is not one that everybody trusts.
    neonConfig.fetchFunction = (_, options) =>
        overHttps(`https://127.0.0.1:${secure.port}/sql`, options, undefined);
    assert.match((await failure(sql`select 1`)).message, /self-signed certificate/);
});

test('it is the endpoint of the host that counts', async () => {
    const one = await harness.start('--endpoint', HOST.split('.')[0]);
    neonConfig.fetchFunction = (url, options) => fetch(`http://127.0.0.1:${one.port}/sql`, options);
    assert.deepStrictEqual(await sql`select 1 as one`, [{ one: 1 }]);
    const pooler = neon(harness.url({ host: HOST.replace('.', '-pooler.') }));
    assert.deepStrictEqual(await pooler`select 1 as one`, [{ one: 1 }]);
    const other = await failure(neon(harness.url({ host: `ep-other.${HOST}` }))`select 1`);
    assert.match(
        other.message,
        /HTTP status 500\): .*Control plane request failed: endpoint cannot be found/,
    );
});
