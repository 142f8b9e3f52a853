import { duplexPair } from 'node:stream';
import { describeBuilds } from './build.contract.ts';
import { dockerOver } from './client.ts';
import { type Dialect, describeEngine, type Subject } from './engine.contract.ts';
import { startSimulatedEngine } from './simulated-engine.ts';

const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const cmd = (line: string): string[] => ['cmd', '/c', line];

const windows: Dialect = {
  image: IMAGE,
  print: (...lines) => cmd(lines.map(line => `echo ${line}`).join('&')),
  complain: line => cmd(`echo ${line} 1>&2`),
  exit: code => cmd(`exit ${code}`),
  idle: ['ping', '-t', 'localhost'],
  greet: cmd('set /p LINE=& call echo got %LINE%'),
  show: path => cmd(`type ${path.replaceAll('/', '\\')}`),
  directory: 'C:/Windows',
};

async function startSimulated(): Promise<Subject> {
  const host = await startSimulatedEngine({
    windows: { productType: 'server' },
    images: [{ reference: IMAGE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  });
  const { docker, close } = dockerOver(() => {
    const [near, far] = duplexPair();
    host.engine.connect(far);
    near.on('error', () => undefined);
    return near;
  });
  const stop = async (): Promise<void> => {
    close();
    await host.stop();
  };
  return { docker, dialect: windows, stop };
}

describeEngine('the simulated engine', startSimulated);
describeBuilds('the simulated engine', startSimulated);
