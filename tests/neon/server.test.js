'use strict';
// The stand-in without a client: what the official one never sends, and what only tests ask for.

const assert = require('assert');
const http = require('http');
const { after, before, beforeEach, test } = require('node:test');
const { Harness, HOST, PASSWORD, fault, request } = require('./harness');

const RAW = { 'neon-raw-text-output': 'true' };

let harness;
let port;

before(async () => {
    harness = new Harness();
    ({ port } = await harness.start());
});

after(() => harness.close());

beforeEach(() => request(port, { method: 'DELETE', at: '/faults' }));

const withUrl = (headers = {}, url = harness.url()) => ({
    'neon-connection-string': url,
    ...headers,
});

function query(text, params, headers) {
    return request(port, { headers: withUrl(headers), body: { query: text, params } });
}

async function rows(text, params, headers) {
    const answer = await query(text, params, headers);
    assert.strictEqual(answer.status, 200, answer.text);
    return answer.json().rows;
}

async function messageFor(url, headers = {}) {
    const answer = await request(port, {
        headers: withUrl(headers, url),
        body: { query: 'select 1' },
    });
    assert.strictEqual(answer.headers['content-type'], 'application/json');
    return `${answer.status} ${answer.json().message}`;
}

async function activity(application) {
    const found = harness.sql(`select count(*) from pg_stat_activity
        where state = 'active' and query like '%${application}%' and pid <> pg_backend_pid()`);
    return Number(found);
}

/** Waits until the condition holds, for twenty seconds at most. */
async function eventually(condition) {
    for (let tries = 0; tries < 400; tries++) {
        if (await condition()) {
            return;
        }
        await new Promise((resolve) => {
            setTimeout(resolve, 50);
        });
    }
    assert.fail('it did not come about');
}

test("values are converted, or PostgreSQL's text", async () => {
    const text = `select $1 as answer, true b, 2::int2 i, 9007199254740993 l, 1.50::float8 f,
        '-Infinity'::float4 n, 1.50::numeric d, '{"a":  1.0}'::json j, null::int z,
        '[0:1]={1,NULL}'::int[] a, array['{}', 'q"\\'] t, array[true] m, '{}'::text[] e`;
    const converted = await query(text, [42]);
    assert.match(converted.text, /"j":\{"a": {2}1\.0\}/);
    assert.deepStrictEqual(converted.json().rows, [
        {
            answer: '42',
            b: true,
            i: 2,
            l: '9007199254740993',
            f: 1.5,
            n: '-Infinity',
            d: '1.50',
            j: { a: 1 },
            z: null,
            a: [1, null],
            t: ['{}', 'q"\\'],
            m: [true],
            e: [],
        },
    ]);
    assert.deepStrictEqual(await rows(text, [42], RAW), [
        {
            answer: '42',
            b: 't',
            i: '2',
            l: '9007199254740993',
            f: '1.5',
            n: '-Infinity',
            d: '1.50',
            j: '{"a":  1.0}',
            z: null,
            a: '[0:1]={1,NULL}',
            t: '{"{}","q\\"\\\\"}',
            m: '{t}',
            e: '{}',
        },
    ]);
});

test('arrays of types that the database has made are arrays too', async () => {
    harness.sql(
        "create type mood as enum ('sad', 'ok'); create domain positive as int check (value > 0)",
    );
    assert.deepStrictEqual(
        await rows("select '{sad,ok}'::mood[] as moods, 3::positive as n, 'ok'::mood as mood"),
        [{ moods: ['sad', 'ok'], n: 3, mood: 'ok' }],
    );
});

test('parameters are turned into text', async () => {
    const params = [
        true,
        12345678901234567890n,
        1.5,
        "it's",
        null,
        [1, 'a"b', null, [true]],
        { k: [1] },
        [{ o: 1 }],
    ];
    const body = JSON.stringify(
        { query: `select ${params.map((_, i) => `$${i + 1} p${i}`).join(', ')}`, params },
        (_, value) => (typeof value === 'bigint' ? `big${value}` : value),
    ).replace(/"big(\d+)"/, '$1');
    const answer = await request(port, { headers: withUrl({ 'neon-array-mode': 'true' }), body });
    assert.deepStrictEqual(answer.json().rows, [
        [
            'true',
            '12345678901234567890',
            '1.5',
            "it's",
            null,
            '{1,"a\\"b",NULL,{true}}',
            '{"k":[1]}',
            '{"{\\"o\\":1}"}',
        ],
    ]);
});

test('arrayMode of a query counts more than the header', async () => {
    const body = { queries: [{ query: 'select 1 a', arrayMode: true }, { query: 'select 1 a' }] };
    const plain = await request(port, { headers: withUrl(), body });
    assert.deepStrictEqual(
        plain.json().results.map((result) => [result.rowAsArray, result.rows]),
        [
            [true, [[1]]],
            [false, [{ a: 1 }]],
        ],
    );
    body.queries[0].arrayMode = false;
    const mixed = await request(port, { headers: withUrl({ 'neon-array-mode': 'true' }), body });
    assert.deepStrictEqual(
        mixed.json().results.map((result) => result.rowAsArray),
        [false, true],
    );
});

test('answers have an id and the options of their batch', async () => {
    const headers = withUrl({
        'neon-batch-isolation-level': 'Serializable',
        'neon-batch-read-only': 'true',
        'neon-batch-deferrable': 'True',
    });
    const answer = await request(port, { headers, body: { queries: [{ query: 'select 1' }] } });
    assert.strictEqual(answer.status, 200);
    assert.match(answer.headers['neon-request-id'], /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}$/);
    assert.strictEqual(answer.headers['access-control-allow-origin'], '*');
    assert.strictEqual(answer.headers['neon-batch-isolation-level'], 'Serializable');
    assert.strictEqual(answer.headers['neon-batch-read-only'], 'true');
    assert.strictEqual(answer.headers['neon-batch-deferrable'], undefined, 'only "true" is true');
    const next = await request(port, { headers, body: { queries: [] } });
    assert.notStrictEqual(next.headers['neon-request-id'], answer.headers['neon-request-id']);
    assert.deepStrictEqual(next.json(), { results: [] });
});

test('nothing of a session is left for the next request', async () => {
    const steps = [
        [
            'set search_path to pg_catalog, nowhere',
            "select current_setting('search_path') = '\"$user\", public' ok",
        ],
        ['create temp table gone as select 1', "select to_regclass('gone') is null ok"],
        [
            'select pg_advisory_lock(4711)',
            "select count(*) = 0 ok from pg_locks where locktype = 'advisory'",
        ],
        [
            'prepare p as select 1',
            "select count(*) = 0 ok from pg_prepared_statements where name = 'p'",
        ],
        ['listen news', 'select count(*) = 0 ok from pg_listening_channels()'],
    ];
    for (const [statement, check] of steps) {
        const pid = await rows('select pg_backend_pid() p');
        assert.strictEqual((await query(statement)).status, 200, statement);
        // The same connection as before, so that it is the cleaning that is tested.
        assert.deepStrictEqual(await rows('select pg_backend_pid() p'), pid, statement);
        assert.deepStrictEqual(await rows(check), [{ ok: true }], statement);
    }
    // A transaction that was left open would hide what follows from others.
    assert.strictEqual((await query('begin')).json().command, 'BEGIN');
    await query('create table outside (n int)');
    assert.strictEqual(harness.sql("select to_regclass('outside')"), 'outside');
});

test('a statement that cannot be is refused', async () => {
    const cases = [
        ['copy pg_class to stdout', [], 400, 'unexpected message from server', ''],
        ['copy pg_class from stdin', [], 400, null, '42501'],
        ['select $1 || $2', ['a'], 400, null, '08P01'],
        ['select \0', [], 400, 'error encoding message to server', ''],
        ['select $1', ['\0'], 400, null, '22021'],
    ];
    for (const [text, params, status, message, code] of cases) {
        const answer = await query(text, params);
        assert.strictEqual(answer.status, status, text);
        assert.strictEqual(answer.json().code, code, text);
        assert.ok(message === null || answer.json().message === message, answer.text);
    }
    const empty = (await query('')).json();
    assert.deepStrictEqual([empty.rows, empty.command, empty.rowCount], [[], '', null]);
});

test('every error has all keys', async () => {
    const { severity, ...rest } = (await query('select 1 / 0')).json();
    assert.strictEqual(severity, 'ERROR');
    assert.deepStrictEqual(Object.keys(rest).sort(), [
        'code',
        'column',
        'constraint',
        'dataType',
        'detail',
        'file',
        'hint',
        'internalPosition',
        'internalQuery',
        'line',
        'message',
        'position',
        'routine',
        'schema',
        'table',
        'where',
    ]);
    assert.strictEqual(typeof rest.line, 'string');
    const own = (await request(port, { headers: withUrl({}, 'http://x'), body: '{}' })).json();
    assert.deepStrictEqual(Object.keys(own).sort(), [...Object.keys(rest), 'severity'].sort());
    assert.deepStrictEqual([own.code, own.severity, own.position], ['', '', null]);
});

test('connection strings are read as Neon reads them', async () => {
    const odd = { user: `${harness.name}@ü/:`, database: `${harness.name} /ü` };
    harness.sql(`create role "${odd.user}" login password '${PASSWORD}'`);
    harness.sql(`create database "${odd.database}"`);
    try {
        const answer = await request(port, {
            headers: withUrl({}, harness.url(odd)),
            body: { query: 'select user, current_database()' },
        });
        assert.deepStrictEqual(answer.json().rows, [
            { user: odd.user, current_database: odd.database },
        ]);
    } finally {
        harness.sql(`drop database "${odd.database}" with (force)`);
        harness.sql(`drop role "${odd.user}"`);
    }
    const cases = [
        ['', '400 invalid header: neon-connection-string'],
        ['nothing', '400 invalid connection string: relative URL without a base'],
        [`mysql://u:p@${HOST}/d`, '400 incorrect scheme'],
        [`postgres://u:p@${HOST}`, '400 missing database name'],
        [`postgres://${HOST}/d`, '400 missing username'],
        [`postgres://u@${HOST}/d`, '400 missing authentication credentials: required password'],
        ['postgres://u:p@192.0.2.1/d', '400 missing hostname'],
        ['postgres://u:p@[::1]/d', '400 missing hostname'],
        [
            harness.url({ password: 'wrong-s3cret' }),
            `400 password authentication failed for user '${harness.name}'`,
        ],
        [harness.url({ user: 'nobody' }), "400 password authentication failed for user 'nobody'"],
        [harness.url({ database: 'none' }), '500 database "none" does not exist'],
    ];
    for (const [url, message] of cases) {
        assert.strictEqual(await messageFor(url), message);
    }
    assert.strictEqual(
        await messageFor(harness.url(), { authorization: 'Bearer x' }),
        '400 missing authentication credentials: required password',
    );
    assert.strictEqual(
        await messageFor(harness.url(), { 'neon-batch-isolation-level': 'serializable' }),
        '400 invalid isolation level',
    );
});

test('bodies that are no query are refused', async () => {
    const bodies = [
        '',
        '{',
        '[]',
        'null',
        '{"query":1}',
        '{"query":"select 1","params":"x"}',
        '{"queries":[{"params":[]}]}',
        '{"queries":{}}',
    ];
    for (const body of bodies) {
        const answer = await request(port, { headers: withUrl(), body });
        assert.strictEqual(answer.status, 400, body);
        assert.match(answer.json().message, /^could not parse the HTTP request body: /);
    }
});

test('other paths and methods are no queries, and OPTIONS is answered', async () => {
    for (const [method, at] of [
        ['GET', '/sql'],
        ['POST', '/'],
        ['POST', '/sql/x'],
    ]) {
        const answer = await request(port, { method, at });
        assert.deepStrictEqual([answer.status, answer.json()], [400, 'query is not supported']);
    }
    const options = await request(port, { method: 'OPTIONS' });
    assert.deepStrictEqual([options.status, options.headers.allow], [200, 'OPTIONS, POST']);
});

test('requests and responses have limits, which hold to the byte', async () => {
    const small = await harness.start('--max-request', '500', '--max-response', '100');
    const send = (body) => request(small.port, { headers: withUrl(RAW), body });
    const padded = (length) => '{"query":"select 1"}'.padEnd(length);
    assert.strictEqual((await send(padded(500))).status, 200);
    const long = await send(padded(501));
    assert.deepStrictEqual(
        [long.status, long.json().message],
        [413, 'request is too large (max is 500 bytes)'],
    );
    const rowsOf = (count) => ({ query: `select 'abc' a from generate_series(1, ${count})` });
    assert.strictEqual((await send(rowsOf(8))).status, 200);
    const large = await send(rowsOf(9));
    assert.deepStrictEqual(
        [large.status, large.json().message],
        [507, 'response is too large (max is 100 bytes)'],
    );
    const batch = await send({ queries: [rowsOf(8), rowsOf(8)] });
    assert.strictEqual(batch.status, 507);
});

test('a client that goes away takes its statement with it', async () => {
    const where = { host: '127.0.0.1', port, method: 'POST', path: '/sql', headers: withUrl() };
    const sent = http.request(where);
    sent.on('error', () => {});
    sent.end(JSON.stringify({ query: "select pg_sleep(300), 'gone_client'" }));
    await eventually(async () => (await activity('gone_client')) === 1);
    sent.destroy();
    await eventually(async () => (await activity('gone_client')) === 0);
    // One that does not wait for a cold start has run nothing.
    harness.sql(`create table late (n int); grant all on late to "${harness.name}"`);
    await fault(port, { fault: 'cold_start', ms: 500 });
    const impatient = http.request({ ...where, timeout: 100 });
    impatient.on('error', () => {});
    impatient.on('timeout', () => impatient.destroy());
    impatient.end(JSON.stringify({ query: 'insert into late values (1)' }));
    await new Promise((resolve) => {
        setTimeout(resolve, 1000);
    });
    assert.deepStrictEqual(await rows('select count(*)::int as n from late'), [{ n: 0 }]);
});

test('a connection that PostgreSQL ends is an error, and then all is well', async () => {
    const terminated = await query('select pg_terminate_backend(pg_backend_pid())');
    assert.deepStrictEqual([terminated.status, terminated.json().code], [400, '57P01']);
    const [{ p: pid }] = await rows('select pg_backend_pid() p');
    harness.sql(`select pg_terminate_backend(${pid}, 5000)`);
    assert.deepStrictEqual(await rows('select 1 a'), [{ a: 1 }]);
});

test('faults come in their order, as often as asked for, and are counted', async () => {
    await fault(port, { fault: 'restart', times: 2 });
    await fault(port, { fault: 'status', status: 503, body: '{"msg":"Shutting down"}' });
    const statuses = [];
    for (let i = 0; i < 4; i++) {
        const answer = await query('select 1');
        statuses.push(`${answer.status} ${answer.json().message || answer.json().msg || 'ok'}`);
    }
    assert.deepStrictEqual(statuses, [
        "500 Couldn't connect to compute node",
        "500 Couldn't connect to compute node",
        '503 Shutting down',
        '200 ok',
    ]);
    const seen = (await request(port, { method: 'GET', at: '/faults' })).json();
    assert.strictEqual(seen.requests, 4);
    assert.strictEqual(seen.waiting, 0);
    assert.strictEqual(seen.last.httpVersion, '1.1');
    assert.strictEqual(seen.last.headers['neon-connection-string'], undefined, 'no password');
    await fault(port, { fault: 'restart' });
    await request(port, { method: 'DELETE', at: '/faults' });
    assert.strictEqual((await query('select 1')).status, 200);
    await assert.rejects(fault(port, { fault: 'earthquake' }), /cold_start/);
    await assert.rejects(fault(port, { fault: 'slow', times: 101 }), /cold_start/);
});

test('faults in place of an answer', async () => {
    await fault(port, { fault: 'rate_limit' });
    const limit = await query('select 1');
    assert.deepStrictEqual([limit.status, limit.json()], [429, { msg: 'Too many requests' }]);
    await fault(port, { fault: 'not_json' });
    const page = await query('select 1');
    assert.deepStrictEqual([page.status, page.headers['content-type']], [200, 'text/html']);
    assert.throws(() => page.json(), SyntaxError);
    await fault(port, { fault: 'redirect', location: 'http://127.0.0.1:9/sql' });
    const redirect = await query('select 1');
    assert.deepStrictEqual(
        [redirect.status, redirect.headers.location],
        [307, 'http://127.0.0.1:9/sql'],
    );
    await fault(port, { fault: 'too_large', bytes: 20000000 });
    const large = await query('select 1');
    assert.ok(large.text.length >= 20000000 && large.text.length < 20200000);
    assert.ok(Array.isArray(large.json().rows));
});

test('faults on the way back, behind a statement that ran', async () => {
    harness.sql(`create table ran (n serial); grant all on ran, ran_n_seq to "${harness.name}"`);
    const insert = "insert into ran default values returning repeat('x', 1000)";
    await fault(port, { fault: 'truncated' });
    await assert.rejects(query(insert), /aborted|socket hang up/);
    await fault(port, { fault: 'drop' });
    await assert.rejects(query(insert), /socket hang up/);
    await fault(port, { fault: 'slow', ms: 400 });
    const start = Date.now();
    assert.strictEqual((await query(insert)).json().rowCount, 1);
    assert.ok(Date.now() - start >= 350);
    await fault(port, { fault: 'cold_start', ms: 300 });
    const cold = Date.now();
    assert.deepStrictEqual(await rows('select count(*)::int as n from ran'), [{ n: 3 }]);
    assert.ok(Date.now() - cold >= 290);
});

test('it ends with its standard input, and says what is wrong with its arguments', async () => {
    const { child } = await harness.start();
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => {
        child.once('exit', resolve);
    });
    child.stdin.end();
    assert.strictEqual(await ended, 0);
    await assert.rejects(harness.start('--port', 'x'), /ended with 2/);
    await assert.rejects(harness.start('--wrong'), /ended with 2/);
});
