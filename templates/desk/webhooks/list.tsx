import type { KeepsNone } from '../../../src/planning/desks/kept.ts'
import type { Webhook } from '../../../src/webhooks/webhook.ts'
import { Crumbs, joined, Notice, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { NoDesk } from '../desks/field.tsx'
import type { DeskView } from '../view.ts'

/** The state of a webhook. */
export function WebhookState({ frame, state }: { frame: PageContext; state: Webhook['state'] }) {
  const { states } = deskTexts(frame.locale).webhooks
  const tone = { active: 'pill ok', paused: 'pill', stopped: 'pill stop' }[state]
  return <span class={tone}>{states[state]}</span>
}

/** The desk whose sessions a webhook hears of, or all. */
export function ofDesk(frame: PageContext, { desk }: Pick<Webhook, 'desk'>): string {
  return desk === null ? deskTexts(frame.locale).webhooks.all : desk.name[frame.locale]
}

/** What a webhook hears, in words. */
export function typesText(frame: PageContext, { types }: Pick<Webhook, 'types'>): string {
  const t = deskTexts(frame.locale).webhooks
  return joined(
    frame.locale,
    types.map((type) => t.types[type]),
  )
}

/** The webhooks that this person may keep. */
export function WebhooksPage(
  props: DeskView & { webhooks: (Webhook & { failed: number })[]; none: KeepsNone | null; done: string | undefined },
) {
  const { frame, staff, webhooks, none, done } = props
  const d = deskTexts(frame.locale)
  const t = d.webhooks
  const said = wordFor(t.done, done)
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="security">
      <Crumbs frame={frame} links={[[d.security.title, '/desk/security']]} />
      <div class="head">
        <h1>{t.title}</h1>
        {none === null && (
          <a class="btn" href="/desk/webhooks/new">
            {t.add}
          </a>
        )}
      </div>
      <p class="lead">{t.lead}</p>
      {said !== undefined && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {none !== null && <NoDesk frame={frame} none={none} />}
      {webhooks.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {webhooks.map((webhook) => (
                <tr>
                  <td data-label={t.columns.url}>
                    <a class="typed" href={`/desk/webhooks/${webhook.id}`}>
                      {webhook.url}
                    </a>
                  </td>
                  <td data-label={t.columns.desk}>{ofDesk(frame, webhook)}</td>
                  <td data-label={t.columns.types}>{typesText(frame, webhook)}</td>
                  <td data-label={t.columns.state}>
                    <WebhookState frame={frame} state={webhook.state} />
                  </td>
                  <td class="num" data-label={t.columns.failed}>
                    {String(webhook.failed)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}
