// What every answer must be, whatever was asked.

/// @returns where a value does not fit its schema, or null. Kinds, required fields, words.
function misfit(schema, value, document, at = 'body') {
  if (schema.$ref) return misfit(document.components.schemas[schema.$ref.split('/').pop()], value, document, at);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) {
    const problems = choice.map((one) => misfit(one, value, document, at));
    return problems.includes(null) ? null : problems[0];
  }
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const fits = { integer: kind === 'number' && Number.isInteger(value), number: kind === 'number' }[schema.type] ?? (!schema.type || schema.type === kind);
  if (!fits) return `${at} is ${kind}, not ${schema.type}`;
  if (schema.enum && !schema.enum.includes(value)) return `${at} is ${JSON.stringify(value)}, none of its words`;
  if (kind === 'array' && schema.items)
    return value.slice(0, 20).map((item, i) => misfit(schema.items, item, document, `${at}[${i}]`)).find(Boolean) ?? null;
  if (kind !== 'object') return null;
  for (const name of schema.required ?? []) if (!(name in value)) return `${at}.${name} is missing`;
  for (const [name, inner] of Object.entries(value)) {
    const own = schema.properties?.[name] ?? (typeof schema.additionalProperties === 'object' && schema.additionalProperties);
    const problem = own && misfit(own, inner, document, `${at}.${name}`);
    if (problem) return problem;
  }
  return null;
}

/// Words of PostgreSQL, of libraries and of C++ that are none of ours.
const inner = /SQLSTATE|syntax error|violates|_known\b|_unique\b|invalid (input|byte)|out of range for|relation "|column "|operator does not exist|cannot cast|deadlock|\bsoci\b|libpq|\.[ch]pp\b|std::|nlohmann|json\.exception|parse_error|terminate called|bad_alloc|basic_string|stack trace/i;

const documentOf = (answer) => {
  try {
    return JSON.parse(Buffer.from(answer.body, 'latin1').toString('utf8'));
  } catch {
    return undefined;
  }
};

function refusal(operation, answer, document) {
  if (answer.type !== 'application/problem+json') return `a refusal is ${answer.type || 'without type'}`;
  if (operation.method === 'HEAD') return null;
  const said = documentOf(answer);
  if (!said) return 'a refusal is no JSON';
  return misfit(document.components.schemas.Problem, said, document) ?? (said.status === answer.status ? null : `says ${said.status}`);
}

function success(operation, answer, document) {
  const promised = operation.words.responses[answer.status];
  if (!promised) return `${answer.status} is not documented`;
  const types = Object.keys(promised.content ?? {});
  if (!types.length) return answer.body ? 'a body nobody promised' : null;
  if (!types.includes(answer.type)) return `${answer.type} instead of ${types}`;
  const { schema } = promised.content[answer.type];
  if (!schema) return null;
  const said = documentOf(answer);
  return said === undefined ? 'is no JSON' : misfit(schema, said, document);
}

const valid8 = (body) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'latin1'));
    return true;
  } catch {
    return false;
  }
};

/// @param secret  what only others' private things hold. @returns what is wrong, or null.
export function fault(operation, answer, document, secret) {
  if (answer.status === 0) return `no answer: ${answer.body}`;
  if (answer.status >= 500) return `status ${answer.status}: ${answer.body.slice(0, 200)}`;
  if (secret && (answer.body.includes(secret) || JSON.stringify(answer.headers).includes(secret))) return "shows another's private things";
  if (/json|text/.test(answer.type) && inner.test(answer.body)) return `speaks of its insides: ${answer.body.match(inner)[0]} in ${answer.body.slice(0, 300)}`;
  if (/json/.test(answer.type) && !valid8(answer.body)) return 'JSON that is not UTF-8';
  if (answer.ms > 10000) return `took ${Math.round(answer.ms)} ms`;
  return answer.status < 300 ? success(operation, answer, document) : refusal(operation, answer, document);
}
