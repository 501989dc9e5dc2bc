import { createServer } from 'node:net';
import { StartError } from '@eventxperts/errors';

/** Finds out before any work is done whether the port can be had. @throws StartError when not. */
export const assertPortFree = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });

function refusal(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} is in use; choose another with PORT=4001 npm start.`);
    case 'EACCES':
      return new StartError(`Port ${port} may not be opened by this user; choose one above 1023.`);
    default:
      return new StartError(`Cannot listen on ${host}:${port}: ${error.message}.`);
  }
}
