import type { Child } from 'hono/jsx'
import type { TextOwned, TextOwner } from '../../../src/messages/letter-text.ts'
import type { PageContext } from '../../layout.tsx'
import { letterFileTexts } from '../../text/letter-files.ts'
import { messageTexts } from '../../text/messages.ts'
import { dayText } from '../../text/when.ts'

/** The name of whose letters they are, and its page. */
export function ownerOf(frame: PageContext, { programme, series, session }: TextOwned): [string, string] {
  const ja = frame.locale === 'ja'
  if (programme) return [ja ? programme.name_ja : programme.name_en, '/desk/programme']
  if (series) return [ja ? series.title_ja : series.title_en, `/desk/series/${series.id}`]
  const day = session?.date ? dayText(frame.locale, session.date) : ''
  const title = (ja ? session?.title_ja : session?.title_en) ?? ''
  return [`${day} ${title}`.trim(), `/desk/sessions/${session?.id}`]
}

/** The pages about the letters of an owner; a session has no files of its own. */
const PAGES = { texts: '/desk/texts', sender: '/desk/texts/sender', files: '/desk/texts/files' } as const

/** Leads from each page about the letters of an owner to the others. */
export function LetterPages(props: { frame: PageContext; owner: TextOwner; here: keyof typeof PAGES }) {
  const { frame, owner, here } = props
  const titles = {
    texts: messageTexts(frame.locale).texts.title,
    sender: letterFileTexts(frame.locale).sender.title,
    files: letterFileTexts(frame.locale).title,
  }
  const names = (Object.keys(PAGES) as (keyof typeof PAGES)[]).filter(
    (name) => name !== 'files' || owner.scope !== 'session',
  )
  return (
    <nav class="acts" aria-label={letterFileTexts(frame.locale).pages}>
      {names.map((name) => (
        <a
          class="btn quiet small-btn"
          href={`${PAGES[name]}?${owner.scope}=${owner.id}`}
          {...(name === here && { 'aria-current': 'page' as const })}
        >
          {titles[name]}
        </a>
      ))}
    </nav>
  )
}

/** The buttons of a form about letters: a sample first, or save. */
export function LookOrSave({ frame }: { frame: PageContext }) {
  const t = messageTexts(frame.locale).texts
  return (
    <div class="acts">
      <button class="btn quiet" type="submit" name="step" value="look">
        {t.look}
      </button>
      <button class="btn" type="submit" name="step" value="do">
        {t.save}
      </button>
    </div>
  )
}

/** Takes back what an owner has saved. Its children say what that is. */
export function BackToStandard({ frame, action, children }: { frame: PageContext; action: string; children: Child }) {
  return (
    <form class="acts" action={action} method="post">
      {children}
      <button class="btn quiet" type="submit">
        {messageTexts(frame.locale).texts.standard}
      </button>
    </form>
  )
}
