import type { IncomingHttpHeaders } from 'node:http';

const simpleContentTypes =
  /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/**
 * Whether a page of another origin could have made a browser send this without asking us first: a form,
 * an image or a script can. None of these has a content type of ours, one of Apollo's headers or, with
 * GET, names a JSON type in `Accept`.
 */
export function mayBeForged(method: string, headers: IncomingHttpHeaders): boolean {
  const { 'content-type': contentType = '', accept = '' } = headers;
  return !(
    (contentType !== '' && !simpleContentTypes.test(contentType)) ||
    headers['x-apollo-operation-name'] ||
    headers['apollo-require-preflight'] ||
    (method === 'GET' && /application\/(graphql-response\+)?json/i.test(accept))
  );
}
