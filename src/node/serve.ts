import { FIRST_LINK_MINUTES } from '../people/first/first-link.ts'
import { configure } from './prepare.ts'
import { run } from './run.ts'

/**
 * Serves until SIGTERM or SIGINT, then finishes the current work and exits with 0. Exits with 1 if the environment is
 * faulty or the port is in use. `say` gets the messages for a person.
 */
export async function serve(env: Record<string, string | undefined>, say: (line: string) => void): Promise<void> {
  const configured = configure(env)
  if (!configured.ok) {
    say(`The environment is not right:\n${configured.faults.map((fault) => `  ${fault}`).join('\n')}`)
    process.exit(1)
  }
  const { config } = configured
  const running = await run(config).catch((error: unknown) => {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    const words = error instanceof Error ? error.message : String(error)
    say(busy ? `Port ${config.port} is in use; choose another with PORT=…` : words)
    process.exit(1)
  })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        say(String(error))
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  const here = config.publicUrl.replace(/:0$/, `:${running.port}`)
  if (running.seeded) say('The published schedule has been seeded.')
  say(`窓口 Madoguchi is open at ${here}`)
  if (running.first === null) {
    const who = running.accounts.length > 0 ? `as ${running.accounts.join(' or ')}` : 'with the link of a letter'
    say(`Staff sign in at ${here}/desk ${who}`)
  } else {
    say(`There is no account yet. Make the first one within ${FIRST_LINK_MINUTES} minutes:`)
    say(`${here}/desk/first/${running.first}`)
  }
  say(config.smtpUrl === null ? `Letters are kept, not sent: ${here}/desk/letters` : 'Letters leave through SMTP_URL')
}
