import type { IncomingHttpHeaders } from 'node:http';

const simpleContentTypes =
  /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/**
 * Whether a page of another origin could have made a browser send this without asking us first: a form,
 * an image or a script can. No cookie opens anything here, so there is little to gain by it; but what
 * nobody means to send is not answered.
 */
export function mayBeForged(method: string, headers: IncomingHttpHeaders): boolean {
  const { 'content-type': contentType = '' } = headers;
  const askedFirst =
    (contentType !== '' && !simpleContentTypes.test(contentType)) ||
    headers['x-apollo-operation-name'] !== undefined ||
    headers['apollo-require-preflight'] !== undefined;
  if (askedFirst) return false;
  return method !== 'GET' || isFromAnotherSite(headers);
}

/** As browsers say; whoever is no browser is free to say anything, and has nobody's trust to abuse. */
const isFromAnotherSite = ({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  site === 'cross-site' || site === 'same-site';
