import { z } from 'zod';
import { Settings } from './settings.ts';

/** The published JSON Schema (draft 2020-12) of settings.json: defaults are optional. */
export function settingsJsonSchema(): object {
  return z.toJSONSchema(Settings, { io: 'input', target: 'draft-2020-12' });
}
