/** What `--elevate` does, in the help of each command that takes it. */
export const ELEVATE_TEXT = 'ask for an administrator, by the prompt of Windows';
