import { world } from '../world.ts'

/*
 * `writer.ts <file>` commits pairs of lines to the journal without end, and says each pair's number once it is committed.
 * It stops only when it is killed.
 */
const [path = ''] = process.argv.slice(2)
const { ctx } = await world({ on: path })

const line = (id: string) =>
  ctx.store.db
    .insertInto('journal')
    .values({ id, at: ctx.clock.now(), actor: 'cli', act: 'test', subject: '', detail: '' })

for (let n = 0; ; n++) {
  await ctx.store.commit(line(`${n} first`), line(`${n} second`))
  await new Promise((written) => process.stdout.write(`${n}\n`, written))
}
