import type { LetterFile } from '../../../src/messages/letter-file.ts'
import { Facts } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { letterFileTexts } from '../../text/letter-files.ts'
import { messageTexts } from '../../text/messages.ts'

type Address = { name: string; address: string }

/** A letter as it would leave, for a look at it. */
export type Sample = {
  subject: string
  text: string
  from: Address
  replyTo: Address | null
  files: readonly LetterFile[]
}

const addressText = ({ name, address }: Address) => (name === '' ? address : `${name} <${address}>`)

/** The documents that a letter carries, with a way to open each. Nothing without any. */
export function Documents({ frame, files }: { frame: PageContext; files: readonly LetterFile[] }) {
  const t = letterFileTexts(frame.locale)
  const documents = files.filter(({ purpose }) => purpose === 'document')
  if (documents.length === 0) return null
  return (
    <>
      <p>{t.carried}</p>
      <ul class="plain">
        {documents.map(({ id, name, bytes }) => (
          <li>
            <a href={`/desk/texts/files/${id}`}>
              <bdi>{name}</bdi>
            </a>{' '}
            <span class="soft">{t.size(bytes)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Letters with a real booking, as they would leave. `samples` is empty if there is no booking yet. */
export function Samples({ frame, samples }: { frame: PageContext; samples: readonly Sample[] }) {
  const t = messageTexts(frame.locale).texts
  return (
    <section class="card">
      <h2>{t.sample}</h2>
      {samples.length === 0 && <p>{t.nobody}</p>}
      {samples.map(({ subject, text, from, replyTo, files }) => (
        <>
          <p>
            <b>{subject}</b>
          </p>
          <Facts
            rows={[[t.from, <bdi>{addressText(from)}</bdi>], replyTo && [t.reply, <bdi>{addressText(replyTo)}</bdi>]]}
          />
          <pre class="typed">{text}</pre>
          <Documents frame={frame} files={files} />
        </>
      ))}
    </section>
  )
}
