// What is chosen where nothing is asked for.
import type { GenerateChoices } from '../../../../src/release/appup/generate/model.js';

export const plainChoices: GenerateChoices = {
  isStrict: false,
  purge: () => ({ pre: 'brutal_purge', post: 'brutal_purge' }),
  timeout: () => 'default',
  restartsChanged: false,
  restarted: new Set(),
  injected: new Set(),
  existing: new Map(),
  replacesAll: false,
  scripts: new Map(),
  onFault: (error) => {
    throw error;
  },
};
