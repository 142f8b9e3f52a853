import { z } from 'zod';
import { Workspace } from '../../../shared/domain/workspace.ts';
import { KeptWorkspaces } from './workspace-book.ts';

/** The published JSON Schema (draft 2020-12) of workspaces.json, the file that Siloscope keeps. */
export function keptWorkspacesJsonSchema(): object {
  return z.toJSONSchema(KeptWorkspaces, { io: 'input', target: 'draft-2020-12' });
}

/** The same of one workspace in a file of its own, as `workspaces --save` takes it. */
export function workspaceJsonSchema(): object {
  return z.toJSONSchema(Workspace, { io: 'input', target: 'draft-2020-12' });
}
