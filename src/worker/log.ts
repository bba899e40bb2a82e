import type { Log } from '../http/env.ts'

const LEVELS: Record<string, number> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: 70 }

function told(_: string, value: unknown): unknown {
  return value instanceof Error ? { type: value.name, message: value.message, stack: value.stack } : value
}

/**
 * Logs entries of at least this level to the console, in the shape of the Node home's log. Cloudflare adds the time.
 */
export function consoleLog(least: string): Log {
  const at = (level: keyof Log) => (entry: object, msg?: string) => {
    const number = LEVELS[level] ?? 0
    if (number >= (LEVELS[least] ?? 0)) console[level](JSON.stringify({ level: number, ...entry, msg }, told))
  }
  return { error: at('error'), warn: at('warn'), info: at('info') }
}
