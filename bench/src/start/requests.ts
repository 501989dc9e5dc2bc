interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: unknown;
}

async function ask(url: string, query: string, token?: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const federated = '{ events(first: 1) { nodes { title organizer { displayName } } } }';

/** Whether a query over two subgraphs, events and users, is answered in full. */
export async function answersFederated(url: string): Promise<boolean> {
  const { data, errors } = await ask(url, federated);
  return errors === undefined && JSON.stringify(data).includes('displayName');
}

export async function answersHello(url: string): Promise<boolean> {
  return (await ask(url, '{ hello }')).data?.hello === 'hello';
}

interface SignedIn {
  readonly login: { readonly accessToken: string };
}

/** 200 requests as an organizer's afternoon has them: lists, details, guests, answers, who am I. */
export async function mixedRequests(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const login = `mutation { login(input: { email: "${email}", password: "${password}" }) { accessToken } }`;
  const { data } = await ask(url, login);
  const { accessToken } = (data as unknown as SignedIn).login;
  const queries = [
    federated,
    '{ me { id displayName email roles } }',
    '{ events(first: 20) { totalCount nodes { title venue { city } sessions { title } rsvpSummary { yes headcount } } } }',
    '{ events(first: 1) { nodes { invitations(first: 50) { nodes { status guests { name } rsvp { response headcount } } } } } }',
    '{ events(filter: { text: "wedding" }, first: 5) { nodes { title organizer { displayName } } } }',
  ];
  for (let request = 1; request < 200; request++) {
    const { errors } = await ask(url, queries[request % queries.length] ?? federated, accessToken);
    if (errors) throw new Error(JSON.stringify(errors));
  }
}
