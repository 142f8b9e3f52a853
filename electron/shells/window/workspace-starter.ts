import type { Contract } from '../../../shared/contract/contract.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';

/** Starts a workspace from a menu; what failed of it is told, since no screen may be open that shows it. */
export function workspaceStarter(
  client: Pick<Client<Contract>, 'call'>,
  tell: (title: string, body: string) => void,
): (name: string) => void {
  const start = async (name: string): Promise<void> => {
    const title = windowMenuWords.tray.notStarted(name);
    try {
      const { items } = await client.call('workspace.start', { name });
      const broken = items.find(({ state }) => state !== 'running');
      if (broken !== undefined) tell(title, broken.fault === undefined ? broken.name : wordFault(broken.fault).title);
    } catch (caught) {
      tell(title, wordFault(faultOf(caught)).title);
    }
  };
  return name => void start(name);
}
