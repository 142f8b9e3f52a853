/** SHA-256 of nothing. */
const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What goes out with every answer, whatever it is. */
export const COMMON_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=(), clipboard-read=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** For answers that are text, not the page: nothing may be loaded or run. */
export const TEXT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The page's content security policy; `host` is the loopback name and port that it was asked by, absent where there is
 * no server (the window).
 *
 * - Scripts: files of ours only, no inline, no eval, no string ever becomes markup (Trusted Types without a policy).
 * - Styles: files of ours, and inline style elements that are *empty*. Fluent's style engine (Griffel) makes such an
 *   element and fills it through CSSOM, which a policy does not judge: so neither 'unsafe-inline' nor a nonce is needed.
 * - Connections: this server only. `'self'` should cover its WebSocket; not every browser agrees, so it is named.
 */
export function pagePolicy(host?: string): string {
  // A policy has no syntax for IPv6 addresses.
  const socket = host === undefined || host.startsWith('[') ? '' : ` ws://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
