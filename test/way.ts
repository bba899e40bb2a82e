import { connect, createServer, type Socket } from 'node:net'

/**
 * What happens when a client says something: it passes, the connection closes before it arrives (`cut`) or after its
 * answer came and before the client heard it (`cut after`), it is reset, or nothing happens any more (`hang`).
 */
export type Deed = 'pass' | 'cut' | 'cut after' | 'reset' | 'hang'

/** A way to a server on which things happen. */
export type Way = {
  port: number
  /** How often something else than passing happened. */
  deeds(): number
  close(): Promise<void>
}

/**
 * Opens a way to a server of this machine. `deedFor` is asked for each piece that a client sends, at first for
 * an empty one, when it connects.
 */
export async function openWay(to: number, deedFor: (said: Buffer) => Deed): Promise<Way> {
  const sockets = new Set<Socket>()
  let deeds = 0
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const one of [near, far]) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => sockets.delete(one))
    }
    let hangs = false
    const does: Record<Deed, (said: Buffer) => void> = {
      pass: (said) => far.write(said),
      cut: () => near.destroy(),
      'cut after': (said) => {
        hangs = true
        far.write(said)
        far.once('data', () => near.destroy())
      },
      reset: () => near.resetAndDestroy(),
      hang: () => {
        hangs = true
      },
    }
    const hear = (said: Buffer) => {
      if (hangs) return
      const deed = deedFor(said)
      if (deed !== 'pass') deeds++
      does[deed](said)
    }
    hear(Buffer.alloc(0))
    near.on('data', hear)
    far.on('data', (answer) => {
      if (!hangs && !near.destroyed) near.write(answer)
    })
    near.on('close', () => far.destroySoon())
    far.on('close', () => {
      if (!hangs) near.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    deeds: () => deeds,
    async close() {
      for (const one of sockets) one.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
