'use strict';
// What can go wrong between a client and Neon, on demand: POST /faults {"fault": NAME, ...}.

const { setTimeout: wait } = require('timers/promises');

const MOST_FAULTS = 100;
const LONGEST = 60000; // milliseconds

const proxyError = (message) =>
    JSON.stringify({
        message,
        code: '',
        detail: null,
        hint: null,
        position: null,
        internalPosition: null,
        internalQuery: null,
        severity: '',
        where: null,
        table: null,
        column: null,
        schema: null,
        dataType: null,
        constraint: null,
        file: null,
        line: null,
        routine: null,
    });

// Answered instead of running the statement.
const INSTEAD = {
    restart: () => ({ status: 500, body: proxyError("Couldn't connect to compute node") }),
    rate_limit: () => ({ status: 429, body: '{"msg":"Too many requests"}' }),
    not_json: () => ({
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>\n',
    }),
    too_large: () => ({ status: 200, body: '' }),
    redirect: (fault) => ({ status: 307, headers: { location: String(fault.location) }, body: '' }),
    status: (fault) => ({ status: Number(fault.status), body: String(fault.body || '') }),
};

// Done to the answer of a statement that ran.
const AFTERWARDS = ['truncated', 'slow', 'drop'];

const NAMES = ['cold_start', ...Object.keys(INSTEAD), ...AFTERWARDS];

/** Ends the answer, and on HTTP/1.1 its connection, without its end. */
function breakOff(response) {
    if (response.stream) {
        response.stream.close(2); // INTERNAL_ERROR
    } else {
        response.destroy();
    }
}

/** Until more can be written, or the client has gone. */
function drained(response) {
    return new Promise((resolve) => {
        const done = () => {
            response.off('drain', done);
            response.off('close', done);
            resolve();
        };
        response.on('drain', done);
        response.on('close', done);
    });
}

class Faults {
    constructor(pool) {
        this.pool = pool;
        this.waiting = [];
        this.seen = { connections: 0, requests: 0, last: null };
    }

    /** POST /faults adds one, DELETE forgets all, GET tells what was seen. */
    async control(request, readBody) {
        if (request.method === 'POST') {
            const body = await readBody();
            const fault = JSON.parse(body ? body.toString() : '{}');
            const times = fault.times === undefined ? 1 : fault.times;
            const fits =
                NAMES.includes(fault.fault) &&
                Number.isInteger(times) &&
                times > 0 &&
                this.waiting.length + times <= MOST_FAULTS;
            if (!fits) {
                return { status: 400, headers: {}, body: JSON.stringify({ faults: NAMES }) };
            }
            this.waiting.push(...Array(times).fill(fault));
        } else if (request.method === 'DELETE') {
            this.waiting = [];
            this.seen = { connections: 0, requests: 0, last: null };
        }
        const body = JSON.stringify({ waiting: this.waiting.length, ...this.seen });
        return { status: 200, headers: {}, body };
    }

    /** The fault that meets this request, if any; counts it. */
    take(request) {
        const { 'neon-connection-string': text, ...headers } = request.headers;
        this.seen.requests++;
        this.seen.last = { httpVersion: request.httpVersion, headers };
        return this.waiting.shift() || null;
    }

    /** An answer in place of the real one. */
    async before(fault, request, readBody) {
        if (fault && fault.fault === 'cold_start') {
            await wait(Math.min(Number(fault.ms) || 0, LONGEST));
        }
        if (!fault || !(fault.fault in INSTEAD)) {
            return null;
        }
        await readBody(0);
        if (fault.fault === 'restart') {
            this.pool.clear();
        }
        return { headers: {}, ...INSTEAD[fault.fault](fault) };
    }

    /** Sends the answer in its own way; whether it did. */
    async after(fault, response, body) {
        const bytes = Buffer.from(body);
        switch (fault.fault) {
            case 'drop':
                breakOff(response);
                return true;
            case 'truncated':
                response.setHeader('content-length', bytes.length);
                response.write(bytes.subarray(0, bytes.length / 2), () => breakOff(response));
                return true;
            case 'slow':
                await this.slowly(response, bytes, Math.min(Number(fault.ms) || 1000, LONGEST));
                return true;
            case 'too_large':
                await this.endlessly(response, Number(fault.bytes) || 128 * 1024 * 1024);
                return true;
            default:
                return false;
        }
    }

    async slowly(response, bytes, ms) {
        const steps = 10;
        const size = Math.ceil(bytes.length / steps);
        response.setHeader('content-length', bytes.length);
        for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
            response.write(bytes.subarray(at, at + size));
            await wait(ms / steps);
        }
        response.end();
    }

    /** JSON that never ends before the client has had enough, or `most` bytes are sent. */
    async endlessly(response, most) {
        const chunk = Buffer.from('["x"],'.repeat(10000));
        response.write('{"fields":[],"command":"SELECT","rowCount":0,"rows":[');
        for (let sent = 0; sent < most && !response.destroyed; sent += chunk.length) {
            if (!response.write(chunk)) {
                await drained(response);
            }
        }
        response.end('[]]}');
    }
}

module.exports = { Faults, breakOff };
