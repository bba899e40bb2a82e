import type { D1Database } from '@cloudflare/workers-types'
import { type Config, parseConfig } from '../config.ts'

/** The bindings of `wrangler.toml`: database, built assets, and the variables and secrets of `.env.example`. */
export type Bindings = {
  DB: D1Database
  ASSETS: { fetch(address: string): Promise<Response> }
  [name: string]: unknown
}

/** The configuration from variables and secrets. Throws with all faults. */
export function configOf(bindings: Bindings): Config {
  const texts = Object.entries(bindings).filter((one): one is [string, string] => typeof one[1] === 'string')
  const parsed = parseConfig({ ...Object.fromEntries(texts), DATABASE_URL: 'd1:DB' })
  const faults = parsed.ok ? [] : parsed.faults
  // Isolates have no file for a secret, and each would make its own.
  if (parsed.ok && parsed.config.secrets.length === 0) faults.push('SECRET: is required on Workers')
  if (!parsed.ok || faults.length > 0) throw new Error(`The environment is not right: ${faults.join('; ')}`)
  return parsed.config
}
