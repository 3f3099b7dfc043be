// node types.mjs OPENAPI.json: writes src/api/schema.d.ts, the shapes of /api/v1.

import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const described = JSON.parse(await readFile(process.argv[2], 'utf8'));
// The page names its addresses in calls.ts; only the shapes are wanted.
const nodes = await openapiTS({ ...described, paths: {} }, { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false });
await writeFile(
  process.argv[3] ?? new URL('src/api/schema.d.ts', import.meta.url),
  `// Made by types.mjs from the OpenAPI document; a test compares.\n\n${astToString(nodes)}`,
);
