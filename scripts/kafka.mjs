#!/usr/bin/env node
// One Apache Kafka node (KRaft) on loopback, for development and the tests of the Kafka adapter.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const home = join(dirname(fileURLToPath(import.meta.url)), '..', '.kafka');
const kafkaVersion = '4.1.1';
// The version Kafka itself brings of log4j-core; it brings no binding of slf4j to it.
const log4jVersion = '2.24.3';
// Always the same: a folder that was formatted before refuses another.
const clusterId = Buffer.from('eventxperts-node').toString('base64url');
const libs = join(home, `libs-${kafkaVersion}`);

const help = `Usage: npm run kafka -- [options]

Runs one Apache Kafka ${kafkaVersion} node on 127.0.0.1 until Ctrl-C. The first run fetches it from Maven
Central with Maven into .kafka/. Needs Java 17 or newer, and Maven for the first run.

  --port <number>   where clients connect (default 9092)
  --data <folder>   where topics are kept (default .kafka/data)
  --help            this text
`;

/** Whether this machine can run Kafka: Java, and the jars or Maven to fetch them. */
export async function canRunKafka() {
  return (await runs('java', '-version')) && (existsSync(libs) || (await runs('mvn', '-version')));
}

const runs = (program, ...args) =>
  run(program, args).then(
    () => true,
    () => false,
  );

/**
 * Starts a node and waits until it answers. `stop` ends it cleanly, `kill` at once; `exited` resolves when
 * it is gone for whatever reason.
 */
export async function startKafka({ port, dataDir = join(home, 'data'), progress = () => {} }) {
  if (!(await runs('java', '-version')))
    throw new Error('Kafka needs Java 17 or newer on the PATH.');
  await stopOrphan(resolve(dataDir));
  if (!(await isFree(port))) throw new Error(`Port ${port} is in use. Choose another with --port.`);
  if (!existsSync(libs)) await fetchJars(progress);
  const config = await configure(port, resolve(dataDir));
  progress(`Starting Kafka on 127.0.0.1:${port}`);
  const server = spawn('java', [...jvm, 'kafka.Kafka', config], {
    // Its own process group: Ctrl-C reaches this program alone, which then stops the server in order.
    detached: true,
    stdio: ['ignore', openSync(join(dataDir, 'server.log'), 'w'), 'inherit'],
  });
  const exited = once(server, 'exit');
  writeFileSync(pidFile(dataDir), String(server.pid));
  await untilAnswers(server, port, join(dataDir, 'server.log'));
  const end = (signal) => {
    if (server.exitCode === null && server.signalCode === null) server.kill(signal);
    return exited;
  };
  return {
    brokers: `127.0.0.1:${port}`,
    pid: server.pid,
    exited,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

const jvm = [
  '-Xms128m',
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  `-Dlog4j2.configurationFile=${join(home, 'log4j2.properties')}`,
  '-cp',
  join(libs, '*'),
];

async function fetchJars(progress) {
  if (!(await runs('mvn', '-version')))
    throw new Error('The first run needs Maven (mvn) on the PATH.');
  progress(`Fetching Kafka ${kafkaVersion} from Maven Central (about 50 MB)`);
  const draft = join(home, `fetch-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'pom.xml'), pom);
  const copy = [
    '-B',
    '-q',
    'dependency:copy-dependencies',
    `-DoutputDirectory=${join(draft, 'libs')}`,
  ];
  try {
    await run('mvn', copy, { cwd: draft });
    // Two runs may fetch at once: the folder appears whole, and only one of them wins.
    if (!existsSync(libs)) renameSync(join(draft, 'libs'), libs);
  } catch (error) {
    if (!existsSync(libs))
      throw new Error(`Maven could not fetch Kafka: ${error.stdout || error.message}`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const dependency = (group, artifact, version) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>eventxperts</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion)}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', log4jVersion)}
  </dependencies>
</project>
`;

/** Writes the configuration and formats the data folder; an existing one keeps its topics. */
async function configure(port, dataDir) {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(home, 'log4j2.properties'), logging);
  const config = join(dataDir, 'server.properties');
  writeFileSync(config, serverProperties(port, await freePort(), join(dataDir, 'log')));
  const format = ['format', '-t', clusterId, '-c', config, '--ignore-formatted'];
  try {
    await run('java', [...jvm, 'kafka.tools.StorageTool', ...format]);
  } catch (error) {
    const reason = /Exception: (.*)/.exec(error.stderr)?.[1] ?? error.message;
    throw new Error(`Kafka cannot use the folder ${dataDir}: ${reason}`);
  }
  return config;
}

const serverProperties = (port, controllerPort, logDir) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${logDir}
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=4194304
`;

const logging = `appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d %p %c{1}: %m%n
rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
`;

const pidFile = (dataDir) => join(dataDir, 'kafka.pid');

/** Ends the node a killed run left behind on this folder. */
async function stopOrphan(dataDir) {
  if (!existsSync(pidFile(dataDir))) return;
  const pid = Number(readFileSync(pidFile(dataDir), 'utf8'));
  // The number may belong to another program by now: only a node of this folder is ours to end.
  const isOurs = async () => {
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return stdout.includes(`kafka.Kafka ${join(dataDir, 'server.properties')}`);
  };
  if (await isOurs()) process.kill(pid, 'SIGTERM');
  while (await isOurs()) await new Promise((done) => setTimeout(done, 100));
}

async function untilAnswers(server, port, log) {
  const givesUpAt = Date.now() + 60_000;
  while (await isFree(port)) {
    if (server.exitCode !== null) throw new Error(`Kafka did not start; ${log} says why.`);
    if (Date.now() > givesUpAt)
      throw new Error(`Kafka did not answer within a minute; see ${log}.`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

const isFree = (port) =>
  new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => socket.destroy() && done(false));
    socket.once('error', () => done(true));
  });

/** A port nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function main() {
  const options = {
    port: { type: 'string', default: '9092' },
    data: { type: 'string' },
    help: { type: 'boolean' },
  };
  const { values } = parseArgs({ options });
  if (values.help) return process.stdout.write(help);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error('--port is a number from 1 to 65535.');
  const progress = (line) => process.stdout.write(`${line}\n`);
  const kafka = await startKafka({
    port,
    ...(values.data ? { dataDir: values.data } : {}),
    progress,
  });
  progress(`Kafka answers. Start services with KAFKA_BROKERS=${kafka.brokers}; Ctrl-C stops it.`);
  // A launcher that opened a channel to us takes Kafka along when it is killed.
  for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(end, kafka.stop);
  await kafka.exited;
  progress('Kafka has stopped.');
  if (process.connected) process.disconnect();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
