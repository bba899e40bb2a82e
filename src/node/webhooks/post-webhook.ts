import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Config } from '../../config.ts'
import { type Answer, POST_SECONDS, type Poster } from '../../webhooks/delivery.ts'

/** Special addresses: private, of this machine, of no machine, and those that lead to such (IANA registries, RFC 6890). */
const SPECIAL = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  SPECIAL.addSubnet(net, prefix, 'ipv4')
}

/** The networks of IPv6 that anybody may reach: all else is special. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL.addSubnet(net, prefix, 'ipv6')
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether a webhook may be delivered to an address. Outside of production also to this machine. */
export function mayReach(address: string, { environment }: Pick<Config, 'environment'>): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (environment !== 'production' && LOOPBACK.check(address, family)) return true
  if (family === 'ipv6' && !GLOBAL.check(address, 'ipv6')) return false
  return isIP(address) !== 0 && !SPECIAL.check(address, family)
}

/** A connection that was not made, because its address is special. */
class Private extends Error {
  override name = 'Private'
}

type Resolve = typeof lookup

/** Looks a name up as the system does, and refuses it if one of its addresses may not be reached. */
function guarded(config: Config, resolve: Resolve): LookupFunction {
  return (host, options, answer) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '', 0)
      const refused = found.find(({ address }) => !mayReach(address, config))
      const [first] = found
      if (refused || !first) return answer(new Private(), '', 0)
      if (options.all) return answer(null, found)
      answer(null, first.address, first.family)
    })
  }
}

/**
 * Posts deliveries over a connection of its own each. The address is looked at when the connection is made: a name that
 * leads elsewhere by then is refused. For the Node home. `resolve` and `seconds` are for tests.
 */
export function postWebhook(
  config: Config,
  { resolve = lookup, seconds = POST_SECONDS }: { resolve?: Resolve; seconds?: number } = {},
): Poster {
  return ({ url, headers, body }) =>
    new Promise<Answer>((settle) => {
      const target = new URL(url)
      const host = target.hostname.replace(/^\[|\]$/g, '')
      // A connection to an address is made without a look-up.
      if (isIP(host) !== 0 && !mayReach(host, config)) return settle({ fault: 'private' })
      const bytes = Buffer.from(body)
      const ask = target.protocol === 'https:' ? requestHttps : requestHttp
      const asked = ask(target, {
        method: 'POST',
        headers: { ...headers, 'content-length': bytes.length },
        agent: false,
        lookup: guarded(config, resolve),
        maxHeaderSize: 16_384,
      })
      const end = (answer: Answer) => {
        clearTimeout(late)
        settle(answer)
        asked.destroy()
      }
      const late = setTimeout(() => end({ fault: 'timeout' }), seconds * 1000)
      asked.on('response', ({ statusCode = 0, headers: told }) =>
        end({ status: statusCode, retryAfter: told['retry-after'] ?? null }),
      )
      asked.on('error', (error) => end({ fault: error instanceof Private ? 'private' : 'unreachable' }))
      asked.end(bytes)
    })
}
