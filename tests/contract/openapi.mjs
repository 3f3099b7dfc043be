// The server's OpenAPI document is valid, and answers have the shapes it promises.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../http/ui/package.json', import.meta.url));
const { Validator } = await import(pathToFileURL(require.resolve('@seriousme/openapi-schema-validator')).href);

const url = process.argv[2];
const document = await (await fetch(new URL('/api/v1/openapi.json', url))).json();
const result = await new Validator().validate(document);
assert.ok(result.valid, JSON.stringify(result.errors, null, 1));
const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
assert.ok(operations.length > 25, 'every route is described');
console.log(`openapi ${document.openapi}: ${operations.length} operations are valid`);
