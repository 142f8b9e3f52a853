/** How much a finding weighs, as the page asks for it before any schema is made. */
export const SEVERITIES = ['info', 'warning', 'serious'] as const;
