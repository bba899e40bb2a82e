import { Notice } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'

/** What the page says after a choice, or why it was not taken. */
export type MessagesSaid = 'stopped' | 'wanted' | 'changed'

/** Whether messages of the desk come to the holder of a booking. Opening the page changes nothing. */
export function MessagesPage(props: { frame: PageContext; token: string; gets: boolean; said: MessagesSaid | null }) {
  const { frame, token, gets, said } = props
  const t = texts(frame.locale).messages
  return (
    <Layout frame={frame} title={t.title} nav="lookup" noindex narrow>
      <h1>{t.title}</h1>
      {said && <Notice what={t.said[said]} tone={said === 'changed' ? 'stop' : 'done'} alert />}
      <p>{gets ? t.gets : t.none}</p>
      <p class="soft">{t.always}</p>
      <form method="post" action={`/b/${token}/messages`}>
        <input type="hidden" name="messages" value={gets ? 'stop' : 'want'} />
        <button class={gets ? 'btn wide' : 'btn quiet wide'} type="submit">
          {gets ? t.stop : t.want}
        </button>
      </form>
      <p>
        <a href={`/b/${token}`}>{t.back}</a>
      </p>
    </Layout>
  )
}
