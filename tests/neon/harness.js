'use strict';
// What the tests of the stand-in share: a database and a role of their own on the private server of
// the tests, the stand-in as a process, certificates, requests without any client.

const { execFileSync, spawn } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const PASSWORD = 's3cret@p:wörd/?#%';
const HOST = 'ep-quiet-rain-1.us-east-2.aws.neon.tech';

function psql(url, statements) {
    return execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', url], {
        input: statements,
        encoding: 'utf8',
    }).trim();
}

/** The environment of a test file: close() takes all of it away. */
class Harness {
    constructor() {
        this.name = `neon_${process.pid}_${crypto.randomBytes(3).toString('hex')}`;
        this.children = [];
        this.postgres = execFileSync(
            process.env.QUIRE,
            ['-C', process.env.QUIRE_TEST_DIRECTORY, 'db', 'url'],
            { encoding: 'utf8' },
        ).trim();
        psql(
            this.postgres,
            `create role "${this.name}" login password '${PASSWORD}';
            create database "${this.name}" owner "${this.name}";`,
        );
    }

    /** The URL that a client of Neon has; parts of it may be given. */
    url({ user = this.name, password = PASSWORD, host = HOST, database = this.name } = {}) {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        return `postgresql://${u}:${p}@${host}/${d}?sslmode=require`;
    }

    /** Runs statements as the superuser, in the database of the test. */
    sql(statements) {
        const joint = this.postgres.includes('?') ? '&' : '?';
        return psql(`${this.postgres}${joint}dbname=${this.name}`, statements);
    }

    /** Starts a stand-in; resolves to { port, child }. */
    async start(...options) {
        const child = spawn(
            process.execPath,
            [
                path.join(__dirname, 'server.js'),
                '--postgres',
                this.postgres,
                '--port',
                '0',
                ...options,
            ],
            { stdio: ['pipe', 'pipe', 'inherit'] },
        );
        this.children.push(child);
        const port = await new Promise((resolve, reject) => {
            child.stdout.once('data', (line) => resolve(Number(line)));
            child.once('exit', (code) => reject(new Error(`server.js ended with ${code}`)));
        });
        return { port, child };
    }

    /** { directory, cert, key }: a certificate for the host, signed by itself. */
    certificate(host) {
        this.directory = this.directory || fs.mkdtempSync(path.join(os.tmpdir(), 'quire-neon-'));
        const [cert, key] = ['cert.pem', 'key.pem'].map((name) => path.join(this.directory, name));
        execFileSync(
            'openssl',
            [
                'req',
                '-x509',
                '-newkey',
                'rsa:2048',
                '-nodes',
                '-days',
                '2',
                '-subj',
                `/CN=${host}`,
                '-addext',
                `subjectAltName=DNS:${host}`,
                '-out',
                cert,
                '-keyout',
                key,
            ],
            { stdio: 'ignore' },
        );
        return { cert, key };
    }

    close() {
        for (const child of this.children) {
            child.removeAllListeners('exit');
            child.kill();
        }
        psql(
            this.postgres,
            `drop database if exists "${this.name}" with (force);
            drop role if exists "${this.name}";`,
        );
        if (this.directory) {
            fs.rmSync(this.directory, { recursive: true });
        }
    }
}

/** A plain request; resolves to { status, headers, text, json() }. */
function request(port, { method = 'POST', at = '/sql', headers = {}, body = '' } = {}) {
    return new Promise((resolve, reject) => {
        // Not a kept connection: one that a fault has ended might be among them.
        const where = { host: '127.0.0.1', port, method, path: at, headers, agent: false };
        const sent = http.request(where, (answer) => {
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('error', reject);
            answer.on('end', () => {
                const text = Buffer.concat(chunks).toString();
                const { statusCode: status, headers: received } = answer;
                resolve({ status, headers: received, text, json: () => JSON.parse(text) });
            });
        });
        sent.on('error', reject);
        sent.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
}

/** POST /faults. */
async function fault(port, what) {
    const answer = await request(port, { at: '/faults', body: what });
    if (answer.status !== 200) {
        throw new Error(answer.text);
    }
}

module.exports = { Harness, HOST, PASSWORD, request, fault };
