/** Words of what is done as an administrator, wherever it is offered. */
export const elevationScreenWords = {
  lookAgain: 'Look again as administrator',
  browseSilos: 'Browse \\Silos as administrator',
  hint: 'Windows asks you first. The rights are given back after a while.',
} as const;
