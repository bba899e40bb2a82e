import type { Context } from 'hono'
import type { Config } from '../config.ts'
import type { Env } from './env.ts'

/**
 * The network that an address counts for. Of an IPv6 address it is the /64, because one subscriber has all of it. An IPv4
 * address counts for itself, also if it is written as IPv6. Any other text is returned as it is.
 */
function networkOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%')
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? []
  if (mapped) return mapped
  if (!/^[\da-f:.]*:[\da-f:.]*$/.test(plain)) return address
  const [head = '', tail] = plain.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groups(head), groups(tail ?? '')]
  const gap = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const all = [...first, ...Array.from({ length: gap }, () => '0'), ...last]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** The network of a request. Behind a trusted proxy, that of the address that the proxy wrote last. */
export function networkAsking(c: Context<Env>, config: Config): string {
  const forwarded = config.trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return networkOf(forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown')
}

/** Loopback, private, shared and link-local networks (RFC 6890), and addresses that are not known. */
const NOBODYS =
  /^(?!.*[.:])|^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^0:0:0:0::|^f[cd]..:|^fe[89ab].:/

/** The network of a visitor. Returns null for our own networks: many people come through a proxy there. */
export function visitorsNetwork(c: Context<Env>, config: Config): string | null {
  const network = networkAsking(c, config)
  return NOBODYS.test(network) ? null : network
}
