'use strict';
// A connection to PostgreSQL, protocol 3.0, written out here because every value has to stay the
// text that PostgreSQL sent: client libraries turn it into values of their language.

const net = require('net');
const { clientExchange } = require('./scram');

/** An ErrorResponse; `fields` by their one-letter names. */
class DatabaseError extends Error {
    constructor(fields) {
        super(fields.M);
        this.fields = fields;
    }
}

/** The connection, not a statement, failed. */
class ConnectionError extends Error {}

const cstring = (text) => Buffer.from(`${text}\0`);

function int32(value) {
    const buffer = Buffer.alloc(4);
    buffer.writeInt32BE(value);
    return buffer;
}

function int16(value) {
    const buffer = Buffer.alloc(2);
    buffer.writeUInt16BE(value);
    return buffer;
}

function message(type, ...parts) {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function parameter(text) {
    if (text === null) {
        return int32(-1);
    }
    const bytes = Buffer.from(text);
    return Buffer.concat([int32(bytes.length), bytes]);
}

function extendedQuery(text, params) {
    return Buffer.concat([
        message('P', cstring(''), cstring(text), int16(0)),
        message('D', Buffer.from('S'), cstring('')),
        message(
            'B',
            cstring(''),
            cstring(''),
            int16(0),
            int16(params.length),
            ...params.map(parameter),
            int16(0),
        ),
        message('E', cstring(''), int32(0)),
        message('S'),
    ]);
}

function readError(body) {
    const fields = {};
    for (const part of body.toString().split('\0')) {
        if (part) {
            fields[part[0]] = part.slice(1);
        }
    }
    return new DatabaseError(fields);
}

function readFields(body) {
    const fields = [];
    let at = 2;
    for (let left = body.readUInt16BE(0); left > 0; left--) {
        const end = body.indexOf(0, at);
        fields.push({
            name: body.toString('utf8', at, end),
            dataTypeID: body.readUInt32BE(end + 7),
            tableID: body.readUInt32BE(end + 1),
            columnID: body.readInt16BE(end + 5),
            dataTypeSize: body.readInt16BE(end + 11),
            dataTypeModifier: body.readInt32BE(end + 13),
            format: 'text',
        });
        at = end + 19;
    }
    return fields;
}

function readRow(body) {
    const row = [];
    let at = 2;
    for (let left = body.readUInt16BE(0); left > 0; left--) {
        const length = body.readInt32BE(at);
        at += 4;
        row.push(length < 0 ? null : body.toString('utf8', at, at + length));
        at += Math.max(length, 0);
    }
    return row;
}

class Connection {
    /** target: { host (a name or the directory of a socket), port, user, password, database } */
    static async open(target) {
        const connection = new Connection(target);
        await connection.logIn();
        return connection;
    }

    constructor(target) {
        this.target = target;
        this.open = true;
        this.status = 'I'; // of the transaction, as in ReadyForQuery
        this.received = [];
        this.receivedLength = 0;
        this.wanted = 5;
        this.exchange = null; // { handle(type, body), resolve, reject } of what is under way
        this.socket = net.connect(Connection.address(target));
        this.socket.on('data', (chunk) => this.receive(chunk));
        this.socket.on('error', () => {});
        this.socket.on('close', () => this.closed());
    }

    static address({ host, port }) {
        return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
    }

    closed() {
        this.open = false;
        if (this.exchange) {
            const { reject, error } = this.exchange;
            this.exchange = null;
            reject(error || new ConnectionError('connection closed'));
        }
    }

    receive(chunk) {
        this.received.push(chunk);
        this.receivedLength += chunk.length;
        if (this.receivedLength < this.wanted) {
            return;
        }
        let buffer = Buffer.concat(this.received);
        while (buffer.length >= 5 && this.open) {
            const length = buffer.readInt32BE(1) + 1;
            if (buffer.length < length) {
                break;
            }
            this.dispatch(String.fromCharCode(buffer[0]), buffer.subarray(5, length));
            buffer = buffer.subarray(length);
        }
        this.wanted = buffer.length >= 5 ? buffer.readInt32BE(1) + 1 : 5;
        this.received = [buffer];
        this.receivedLength = buffer.length;
    }

    dispatch(type, body) {
        const exchange = this.exchange;
        if (!exchange) {
            return;
        }
        if (type === 'E') {
            exchange.error = exchange.error || readError(body);
        } else if (type === 'Z') {
            this.status = String.fromCharCode(body[0]);
            this.exchange = null;
            if (exchange.error) {
                exchange.reject(exchange.error);
            } else {
                exchange.resolve();
            }
        } else if (!'NAS'.includes(type)) {
            try {
                exchange.handle(type, body);
            } catch (error) {
                exchange.error = exchange.error || error;
                this.close();
            }
        }
    }

    /** Sends, and hands what comes back to `handle` until the server is ready again. */
    run(data, handle) {
        return new Promise((resolve, reject) => {
            if (!this.open) {
                reject(new ConnectionError('connection closed'));
                return;
            }
            this.exchange = { handle, resolve, reject, error: null };
            this.socket.write(data);
        });
    }

    logIn() {
        const { user, password, database } = this.target;
        const options = ['user', user, 'database', database, 'client_encoding', 'UTF8', ''];
        const body = Buffer.concat([int32(196608), ...options.map(cstring)]);
        let scram = null;
        return this.run(Buffer.concat([int32(body.length + 4), body]), (type, answer) => {
            if (type === 'K') {
                this.cancelKey = Buffer.from(answer);
            }
            if (type !== 'R') {
                return;
            }
            const method = answer.readInt32BE(0);
            if (method === 3) {
                this.socket.write(message('p', cstring(password)));
            } else if (method === 10) {
                scram = clientExchange(password);
                this.socket.write(message('p', cstring('SCRAM-SHA-256'), parameter(scram.first)));
            } else if (method === 11) {
                this.socket.write(
                    message('p', Buffer.from(scram.last(answer.toString('utf8', 4)))),
                );
            } else if (method !== 0 && method !== 12) {
                throw new ConnectionError(`PostgreSQL wants authentication ${method}`);
            }
        });
    }

    /**
     * One statement by the extended protocol, all as text. Resolves to { fields, rows, tag };
     * more than `most` bytes of values end the connection with tooLarge().
     */
    async query(text, params, most = Infinity, tooLarge = null) {
        const result = { fields: [], rows: [], tag: '' };
        let size = 0;
        await this.run(extendedQuery(text, params), (type, body) => {
            if (type === 'T') {
                result.fields = readFields(body);
            } else if (type === 'D') {
                size += body.length;
                if (size > most) {
                    throw tooLarge();
                }
                result.rows.push(readRow(body));
            } else if (type === 'C') {
                result.tag = body.toString('utf8', 0, body.length - 1);
            } else if ('GHW'.includes(type)) {
                throw new ConnectionError('unexpected message from server');
            }
        });
        return result;
    }

    /** Any number of statements by the simple protocol; what they return is passed over. */
    execute(text) {
        return this.run(message('Q', cstring(text)), () => {});
    }

    /** Asks PostgreSQL to end the statement under way. */
    cancel() {
        const socket = net.connect(Connection.address(this.target));
        socket.on('error', () => {});
        socket.end(Buffer.concat([int32(16), int32(80877102), this.cancelKey]));
    }

    close() {
        this.open = false;
        this.socket.destroy();
    }
}

module.exports = { Connection, ConnectionError, DatabaseError };
