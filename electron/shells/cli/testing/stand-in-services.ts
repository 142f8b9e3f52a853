import { Emitter } from '../../../../shared/base/emitter.ts';
import { type Contract, contract } from '../../../../shared/contract/contract.ts';
import { type Fault, FaultError } from '../../../../shared/contract/fault.ts';
import type { Announce, Handlers } from '../../../../shared/contract/operation.ts';
import { Hub } from '../../../../shared/wire/hub.ts';
import type { LocalServices } from '../../serving/local-services.ts';
import { startWebServer } from '../../serving/web-server.ts';
import type { Doors } from '../session.ts';

export interface StandIn extends Doors {
  readonly announce: Announce<Contract>;
  readonly hub: Hub<Contract>;
  /** Targets that were opened, and how many of them were closed again. */
  readonly opened: string[];
  readonly closed: () => number;
  /** Pulls the plug of every host that was opened. */
  readonly lose: (fault: Fault) => void;
}

function unanswered(): never {
  throw new FaultError({ code: 'not-found', what: 'answer', name: 'none in this test' });
}

const UNANSWERED: Handlers<Contract> = {
  'snapshot.take': unanswered,
  'host.list': unanswered,
  'host.open': unanswered,
  'readiness.check': unanswered,
  'host.record': unanswered,
  'bundle.gather': unanswered,
  'elevation.read': unanswered,
  'mup.read': unanswered,
  'engine.start': unanswered,
  'fsd.start': unanswered,
  'fsd.unload': unanswered,
  'image.list': unanswered,
  'image.pull': unanswered,
  'image.remove': unanswered,
  'image.prune.plan': unanswered,
  'image.prune': unanswered,
  'image.recipe': unanswered,
  'image.build': unanswered,
  'recent.list': unanswered,
  'secret.list': unanswered,
  'secret.set': unanswered,
  'secret.forget': unanswered,
  'secret.masking': () => ({ unmasked: [] }),
  'profile.list': unanswered,
  'profile.import': unanswered,
  'profile.save': unanswered,
  'profile.remove': unanswered,
  'policy.read': unanswered,
  'policy.save': unanswered,
  'settings.read': unanswered,
  'settings.write': unanswered,
  'launch.plan': unanswered,
  'filesystem.launch': unanswered,
  'filesystem.list': unanswered,
  'filesystem.stop': unanswered,
  'filesystem.logs': unanswered,
  'log.follow': unanswered,
  'terminal.open': unanswered,
  'terminal.write': unanswered,
  'terminal.resize': unanswered,
  'terminal.close': unanswered,
  'inspection.take': unanswered,
  'volume.look': unanswered,
  'finding.fix': unanswered,
  'relaunch.list': unanswered,
  'relaunch.settle': unanswered,
  'leftovers.sweep': unanswered,
  'policy.judge': unanswered,
  'guard.read': unanswered,
  'isolation.test': unanswered,
  'isolation.history': unanswered,
  'policy.watch': unanswered,
  'namespace.list': unanswered,
  'namespace.find': unanswered,
  'unwritten.list': unanswered,
  'unwritten.copy': unanswered,
  'unwritten.next': unanswered,
  'unwritten.remove': unanswered,
  'workspace.list': unanswered,
  'workspace.save': unanswered,
  'workspace.remove': unanswered,
  'workspace.capture': unanswered,
  'workspace.start': unanswered,
  'workspace.stop': unanswered,
  'journal.read': unanswered,
  'journal.moment': unanswered,
};

/** Services that answer what a test says; whatever it does not say is `not-found`. */
export function standIn(handlers: Partial<Handlers<Contract>> = {}): StandIn {
  const hub = new Hub<Contract>(contract, { ...UNANSWERED, ...handlers });
  const lost = new Emitter<Fault>();
  const opened: string[] = [];
  let closed = 0;
  return {
    announce: hub.announce,
    hub,
    opened,
    closed: () => closed,
    lose: fault => lost.emit(fault),
    openServices: target => {
      opened.push(
        target.kind === 'simulated' ? target.scenario : target.kind === 'recording' ? target.file : target.host,
      );
      const clients = new Set<{ dispose(): void }>();
      const services: LocalServices = {
        hostId: 'simulated',
        scenario: 'stand-in',
        serve: channel => {
          const served = hub.serve(channel);
          clients.add(served);
          return served;
        },
        listenDocker: endpoint => Promise.resolve({ endpoint, dispose: () => undefined }),
        onLost: listener => lost.on(listener),
        close: () => {
          closed += 1;
          for (const client of clients) client.dispose();
          return Promise.resolve();
        },
      };
      return Promise.resolve(services);
    },
    startWebServer,
  };
}
