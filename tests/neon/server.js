'use strict';
// A stand-in for Neon's SQL-over-HTTP endpoint in front of a real PostgreSQL, for the tests.
//
//     node server.js --postgres URL --port 0 [--tls CERTIFICATE KEY] [--endpoint NAME]...
//         [--max-request BYTES] [--max-response BYTES]
//
// Prints the port that it listens on (on 127.0.0.1) as one line, and ends when its standard input
// does. The URL is that of a superuser: passwords are checked against the roles' secrets, as Neon's
// proxy does, so that a PostgreSQL that trusts everybody serves too. README.md has the rest.

const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const http2 = require('http2');
const { Faults, breakOff } = require('./faults');
const { Pool } = require('./pool');
const { SqlEndpoint } = require('./sql');

const MOST_CONNECTIONS = 200;
const LIMIT = 10485760; // bytes of a request and of a response, as at Neon

function usage(why) {
    process.stderr.write(`server.js: ${why}\n`);
    process.exit(2);
}

function readArguments(list) {
    const found = { endpoints: [], maxRequest: LIMIT, maxResponse: LIMIT };
    const rest = [...list];
    const next = (option) => rest.shift() || usage(`${option} needs a value`);
    const number = (option) => {
        const text = next(option);
        return /^\d{1,9}$/.test(text) ? Number(text) : usage(`${option}: "${text}" is no number`);
    };
    while (rest.length > 0) {
        const option = rest.shift();
        switch (option) {
            case '--postgres':
                found.postgres = next(option);
                break;
            case '--port':
                found.port = number(option);
                break;
            case '--tls':
                found.tls = { cert: next(option), key: next(option) };
                break;
            case '--endpoint':
                found.endpoints.push(next(option));
                break;
            case '--max-request':
                found.maxRequest = number(option);
                break;
            case '--max-response':
                found.maxResponse = number(option);
                break;
            default:
                usage(`unknown argument "${option}"`);
        }
    }
    if (found.postgres === undefined || found.port === undefined) {
        usage('--postgres and --port are needed');
    }
    return found;
}

/** Host, port, user, password and database of a URL as libpq knows it, sockets among them. */
function readUrl(text) {
    const parts = /^postgres(?:ql)?:\/\/(?:([^@/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(
        text,
    );
    if (!parts) {
        usage('--postgres is no URL of a PostgreSQL');
    }
    const [user, password] = (parts[1] || '').split(':').map(decodeURIComponent);
    const [, host, port] =
        /^(\[.*\]|[^:]*):?(\d*)$/.exec(parts[2]) || usage('--postgres has no host');
    const query = new URLSearchParams(parts[4] || '');
    const first = (...values) => values.find((value) => value);
    const name = first(query.get('user'), user, 'postgres');
    return {
        server: {
            host: first(
                query.get('host'),
                decodeURIComponent(host).replace(/[[\]]/g, ''),
                'localhost',
            ),
            port: Number(first(query.get('port'), port, '5432')),
        },
        user: name,
        password: first(query.get('password'), password, ''),
        database: first(query.get('dbname'), decodeURIComponent(parts[3] || ''), name),
    };
}

/** The body, or null when it is longer than `most`; what is too much is read and dropped. */
function readBody(request, most) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let length = 0;
        request.on('data', (chunk) => {
            length += chunk.length;
            if (length <= most) {
                chunks.push(chunk);
            }
        });
        request.on('end', () => resolve(length <= most ? Buffer.concat(chunks) : null));
        request.on('error', reject);
        const gone = () => reject(new Error('the client went away'));
        request.on('aborted', gone);
        if (request.aborted) {
            gone();
        }
    });
}

const PREFLIGHT = {
    allow: 'OPTIONS, POST',
    'access-control-allow-headers':
        'Authorization, Neon-Connection-String, Neon-Raw-Text-Output, ' +
        'Neon-Array-Mode, Neon-Pool-Opt-In, Neon-Batch-Read-Only, Neon-Batch-Isolation-Level',
    'access-control-max-age': '86400',
};

class Server {
    constructor(settings) {
        const { server, ...admin } = readUrl(settings.postgres);
        this.pool = new Pool(server);
        this.faults = new Faults(this.pool);
        this.sql = new SqlEndpoint({ ...settings, pool: this.pool, admin });
        const handle = (request, response) => this.handle(request, response);
        this.listener = settings.tls
            ? http2.createSecureServer(
                  {
                      cert: fs.readFileSync(settings.tls.cert),
                      key: fs.readFileSync(settings.tls.key),
                      allowHTTP1: true,
                  },
                  handle,
              )
            : http.createServer(handle);
        this.listener.maxConnections = MOST_CONNECTIONS;
        this.listener.keepAliveTimeout = 60000; // ms; a test may take longer than Node's 5 s
        this.listener.on(settings.tls ? 'secureConnection' : 'connection', () => {
            this.faults.seen.connections++;
        });
    }

    async handle(request, response) {
        const path = request.url.split('?')[0];
        response.on('error', () => {});
        try {
            const answer =
                path === '/faults'
                    ? await this.faults.control(request, () => readBody(request, 65536))
                    : await this.route(path, request, response);
            if (answer) {
                await this.send(request, response, answer);
            }
        } catch (error) {
            const gone = request.aborted || (request.stream && request.stream.destroyed);
            if (!gone) {
                // A mistake in here, which whoever runs the test has to see.
                process.stderr.write(`server.js: ${error.stack}\n`);
            }
            breakOff(response);
        }
    }

    async route(path, request, response) {
        if (path === '/sql' && request.method === 'OPTIONS') {
            return { status: 200, headers: PREFLIGHT, body: '' };
        }
        if (path !== '/sql' || request.method !== 'POST') {
            return { status: 400, headers: {}, body: '"query is not supported"' };
        }
        let running = null;
        let gone = false;
        response.on('close', () => {
            gone = true;
            if (running) {
                running.cancel();
            }
        });
        const read = (most) => readBody(request, most);
        const fault = this.faults.take(request);
        const instead = await this.faults.before(fault, request, read);
        if (instead) {
            return { ...instead, fault };
        }
        const answer = await this.sql.answer(request.headers, read, (connection) => {
            running = connection;
            if (gone && connection) {
                connection.close();
                throw new Error('the client went away');
            }
        });
        return { ...answer, fault };
    }

    async send(request, response, { status, headers, body, fault }) {
        response.statusCode = status;
        const all = {
            'content-type': 'application/json',
            'access-control-allow-origin': '*',
            'neon-request-id': crypto.randomUUID(),
            ...headers,
        };
        Object.entries(all).forEach(([name, value]) => response.setHeader(name, value));
        if (fault && (await this.faults.after(fault, response, body))) {
            return;
        }
        response.setHeader('content-length', Buffer.byteLength(body));
        response.end(body);
    }
}

function main() {
    const settings = readArguments(process.argv.slice(2));
    const { listener } = new Server(settings);
    listener.on('error', (error) => usage(error.message));
    listener.listen(settings.port, '127.0.0.1', () => {
        process.stdout.write(`${listener.address().port}\n`);
    });
    // Nobody has to remember to stop it: the pipe closes with whoever started it.
    process.stdin.on('end', () => process.exit(0));
    process.stdin.on('error', () => process.exit(0));
    process.stdin.resume();
}

main();
