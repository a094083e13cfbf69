'use strict';
// JSON to PostgreSQL's text and back, by the rules of Neon's proxy.

const BOOL = 16;
const NUMBERS = [21, 23, 700, 701]; // int2, int4, float4, float8; int8 stays a string
const DOCUMENTS = [114, 3802]; // json, jsonb

/** A number as it was written: JSON.parse would round it. */
class Numeral {
    constructor(text) {
        this.text = text;
    }

    toString() {
        return this.text;
    }
}

/** Parses JSON; each number in it becomes a Numeral. Throws SyntaxError. */
function parse(text) {
    JSON.parse(text);
    const key = `number ${Math.random()}`;
    const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
    const marked = text.replace(tokens, (token) =>
        token[0] === '"' ? token : `{${JSON.stringify(key)}:"${token}"}`,
    );
    return JSON.parse(marked, (_, value) =>
        value && typeof value === 'object' && typeof value[key] === 'string'
            ? new Numeral(value[key])
            : value,
    );
}

/** JSON text of what parse made. */
function toJson(value) {
    if (value instanceof Numeral) {
        return value.text;
    }
    if (Array.isArray(value)) {
        return `[${value.map(toJson).join(',')}]`;
    }
    if (value && typeof value === 'object') {
        const members = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${toJson(v)}`);
        return `{${members.join(',')}}`;
    }
    return JSON.stringify(value);
}

function arrayElement(value) {
    if (value === null) {
        return 'NULL';
    }
    if (Array.isArray(value)) {
        return `{${value.map(arrayElement).join(',')}}`;
    }
    const isObject = typeof value === 'object' && !(value instanceof Numeral);
    return isObject ? JSON.stringify(toJson(value)) : toJson(value);
}

/** A parameter as PostgreSQL's text, or null. */
function toParameter(value) {
    if (value === null || typeof value === 'string') {
        return value;
    }
    return Array.isArray(value) ? arrayElement(value) : toJson(value);
}

function scalarToJson(text, type) {
    if (type === BOOL) {
        return text === 't' ? 'true' : 'false';
    }
    if (NUMBERS.includes(type)) {
        return Number.isFinite(Number(text)) ? text : JSON.stringify(text); // NaN, Infinity
    }
    return DOCUMENTS.includes(type) ? text : JSON.stringify(text);
}

/** Reads PostgreSQL's text of an array; `position` is where it is. */
class ArrayReader {
    constructor(text, type) {
        // Bounds such as [0:1]={...} have no place in JSON.
        this.text = text.startsWith('[') ? text.slice(text.indexOf('=') + 1) : text;
        this.type = type;
        this.position = 0;
    }

    whole() {
        const json = this.list();
        if (this.position !== this.text.length) {
            throw new SyntaxError('unbalanced array');
        }
        return json;
    }

    take(character) {
        if (this.text[this.position] !== character) {
            return false;
        }
        this.position++;
        return true;
    }

    list() {
        if (!this.take('{')) {
            throw new SyntaxError('unbalanced array');
        }
        const items = [];
        if (this.take('}')) {
            return '[]';
        }
        do {
            items.push(this.item());
        } while (this.take(','));
        if (!this.take('}')) {
            throw new SyntaxError('unbalanced array');
        }
        return `[${items.join(',')}]`;
    }

    item() {
        if (this.text[this.position] === '{') {
            return this.list();
        }
        if (this.text[this.position] === '"') {
            const quoted = /"((?:[^"\\]|\\[^])*)"/y;
            quoted.lastIndex = this.position;
            const found = quoted.exec(this.text);
            if (!found) {
                throw new SyntaxError('unbalanced quoted string');
            }
            this.position = quoted.lastIndex;
            return scalarToJson(found[1].replace(/\\([^])/g, '$1'), this.type);
        }
        const start = this.position;
        while (this.position < this.text.length && !',}'.includes(this.text[this.position])) {
            this.position++;
        }
        const word = this.text.slice(start, this.position);
        return word === 'NULL' ? 'null' : scalarToJson(word, this.type);
    }
}

/** A value as JSON text. `elements`: the element type of each array type among the columns. */
function fromText(text, type, elements) {
    if (text === null) {
        return 'null';
    }
    const element = elements.get(type);
    return element === undefined
        ? scalarToJson(text, type)
        : new ArrayReader(text, element).whole();
}

module.exports = { parse, toParameter, fromText };
