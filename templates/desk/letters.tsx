import { civilDate, civilTime } from '../../src/base/japan/civil.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { Facts } from '../kit.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { texts } from '../text/index.ts'

type Letter = Pick<OutboxRow, 'id' | 'kind' | 'state' | 'attempts' | 'fault' | 'created_at' | 'sent_at'> & {
  number: string | null
}

function at(instant: string | null): string {
  return instant === null ? '−' : `${civilDate(instant)} ${civilTime(instant)}`
}

/** All letters, the newest first, as the outbox keeps them: a view for development. */
export function LettersPage({ frame, letters }: { frame: Frame; letters: Letter[] }) {
  const t = texts(frame.locale)
  const { columns } = t.letters
  return (
    <Layout frame={frame} title={t.letters.title} noindex>
      <h1>{t.letters.title}</h1>
      <p class="lead">{t.letters.lead}</p>
      {letters.length === 0 ? (
        <p class="card empty">{t.letters.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.letters.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {letters.map((letter) => (
                <tr>
                  <td class="num">{at(letter.created_at)}</td>
                  <td>
                    <a href={`/desk/letters/${letter.id}`}>{t.letters.kinds[letter.kind]}</a>
                  </td>
                  <td class="num">{letter.number ?? '−'}</td>
                  <td>{t.letters.states[letter.state]}</td>
                  <td class="num">{String(letter.attempts)}</td>
                  <td class="num">{at(letter.sent_at)}</td>
                  <td>{letter.fault}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Layout>
  )
}

/** One letter as it is or would be sent. */
export function LetterPage(props: {
  frame: Frame
  subject: string
  to: string
  from: string
  text: string
  /** The address of the letter's HTML. */
  html: string
  calendar: string | null
}) {
  const { frame, subject, to, from, text, html, calendar } = props
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={subject} noindex>
      <nav class="crumbs" aria-label={t.breadcrumb}>
        <a href="/desk/letters">{t.letters.back}</a>
      </nav>
      <h1 lang="ja">{subject}</h1>
      <Facts
        rows={[
          [t.letters.from, from],
          [t.letters.to, to],
        ]}
      />
      <h2>{t.letters.html}</h2>
      <iframe class="letter" title={t.letters.html} sandbox="allow-popups" src={html} />
      <h2>{t.letters.text}</h2>
      <pre class="card">{text}</pre>
      {calendar !== null && (
        <>
          <h2>{t.letters.calendar}</h2>
          <pre class="card">{calendar}</pre>
        </>
      )}
    </Layout>
  )
}
