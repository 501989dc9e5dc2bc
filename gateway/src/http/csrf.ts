import type { IncomingHttpHeaders } from 'node:http';

const simpleContentTypes =
  /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/**
 * Whether a page of another origin could have made a browser send this without asking us first: a form,
 * an image or a script can. None of these names a JSON type in `Accept`, or one of Apollo's headers.
 */
export function mayBeForged(headers: IncomingHttpHeaders): boolean {
  const { 'content-type': contentType, accept = '' } = headers;
  if (contentType !== undefined && contentType !== '') return simpleContentTypes.test(contentType);
  return !(
    headers['x-apollo-operation-name'] ||
    headers['apollo-require-preflight'] ||
    /application\/(graphql-response\+)?json/i.test(accept)
  );
}
