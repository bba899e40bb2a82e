import type { D1Database } from '@cloudflare/workers-types'
import { type Config, parseConfig } from '../config.ts'

/** What `wrangler.toml` binds: the database, the built assets, and variables and secrets under the names of `.env.example`. */
export type Bindings = {
  DB: D1Database
  ASSETS: { fetch(address: string): Promise<Response> }
  [name: string]: unknown
}

/** The configuration that variables and secrets make. Throws with all that is wrong with it. */
export function configOf(bindings: Bindings): Config {
  const texts = Object.entries(bindings).filter((one): one is [string, string] => typeof one[1] === 'string')
  const parsed = parseConfig({ ...Object.fromEntries(texts), DATABASE_URL: 'd1:DB' })
  const faults = parsed.ok ? [] : parsed.faults
  // Isolates have no file to keep one in, and would each make their own.
  if (parsed.ok && parsed.config.secrets.length === 0) faults.push('SECRET: is required on Workers')
  if (!parsed.ok || faults.length > 0) throw new Error(`The environment is not right: ${faults.join('; ')}`)
  return parsed.config
}
