import type { Faults } from '../../../src/base/input.ts'
import type { WebhookDeliveryRow } from '../../../src/store/schema.ts'
import type { Webhook } from '../../../src/webhooks/webhook.ts'
import { ErrorSummary, one, type Values } from '../../fields.tsx'
import { Crumbs, Facts, Notice, Pager, Whole, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import type { What } from '../../text/spoken.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { WebhookFields } from './form.tsx'
import { ofDesk, typesText, WebhookState } from './list.tsx'

/** Why the act on a webhook was refused. */
export type WebhookRefusal = 'changed' | 'closed' | 'lost'

type View = DeskView & {
  webhook: Webhook
  deliveries: WebhookDeliveryRow[]
  page: number
  more: boolean
  values: Values
  errors: Faults
  refusal: WebhookRefusal | null
  /** The secret, shown on this page alone. */
  secret: string | null
  done: string | undefined
}

/** A button of its own form. */
function Button(props: { action: string; label: string }) {
  return (
    <form action={props.action} method="post">
      <button class="btn quiet" type="submit">
        {props.label}
      </button>
    </form>
  )
}

function Secret({ frame, webhook, secret }: Pick<View, 'frame' | 'webhook' | 'secret'>) {
  const t = deskTexts(frame.locale).webhooks.secret
  const path = `/desk/webhooks/${webhook.id}`
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <p>{t.how}</p>
      {secret !== null && (
        <p>
          {t.is} <code class="typed">{secret}</code>
        </p>
      )}
      {webhook.bothUntil !== null && (
        <p>
          <Whole text={t.both(momentText(frame.locale, webhook.bothUntil))} />
        </p>
      )}
      <p class="soft">{t.rotateHow}</p>
      <div class="acts">
        {secret === null && <Button action={`${path}/secret`} label={t.show} />}
        <Button action={`${path}/rotate`} label={t.rotate} />
      </div>
    </section>
  )
}

function faultText(frame: PageContext, fault: string | null): string {
  if (fault === null) return ''
  return wordFor(deskTexts(frame.locale).webhooks.faults, fault) ?? fault
}

function Delivery({
  frame,
  webhook,
  delivery,
}: {
  frame: PageContext
  webhook: Webhook
  delivery: WebhookDeliveryRow
}) {
  const t = deskTexts(frame.locale).webhooks
  const { type, session, state, attempts, fault, happened_at } = delivery
  const tone = { waiting: 'pill', claimed: 'pill', sent: 'pill ok', failed: 'pill stop' }[state]
  const mayAgain = webhook.state === 'active' && (state === 'failed' || state === 'sent')
  return (
    <tr>
      <td data-label={t.delivery.type}>
        <a href={`/sessions/${encodeURIComponent(session)}`}>{t.types[type]}</a>
      </td>
      <td class="num" data-label={t.delivery.at}>
        {momentText(frame.locale, happened_at)}
      </td>
      <td data-label={t.delivery.state}>
        <span class={tone}>{t.deliveryStates[state]}</span>
      </td>
      <td class="num" data-label={t.delivery.attempts}>
        {String(attempts)}
      </td>
      <td data-label={t.delivery.fault}>{faultText(frame, fault)}</td>
      <td data-label={t.delivery.act}>
        {mayAgain && (
          <form action={`/desk/webhooks/${webhook.id}/again`} method="post">
            <input type="hidden" name="delivery" value={delivery.id} />
            <button class="btn quiet small-btn" type="submit">
              {t.again}
              <span class="sr"> {`${t.types[type]} ${momentText(frame.locale, happened_at)}`}</span>
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

function Deliveries({ frame, webhook, deliveries, page, more }: View) {
  const t = deskTexts(frame.locale).webhooks
  const at = (number: number) => `/desk/webhooks/${webhook.id}?page=${number}`
  const links = [
    ...(page > 1 ? [{ text: t.newer, href: at(page - 1), rel: 'prev' as const }] : []),
    ...(more ? [{ text: t.older, href: at(page + 1), rel: 'next' as const }] : []),
  ]
  const mayAgain = webhook.state === 'active' && deliveries.some(({ state }) => state === 'failed')
  return (
    <div class="after">
      <h2 id="deliveries">{t.deliveries}</h2>
      <p class="soft">{t.deliveriesHow}</p>
      {mayAgain && (
        <form action={`/desk/webhooks/${webhook.id}/again`} method="post">
          <button class="btn quiet" type="submit">
            {t.againAll}
          </button>
        </form>
      )}
      {deliveries.length === 0 ? (
        <p class="card empty">{t.none}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-labelledby="deliveries">
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.delivery).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <Delivery frame={frame} webhook={webhook} delivery={delivery} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {links.length > 0 && <Pager label={t.deliveries} links={links} />}
    </div>
  )
}

/** One webhook: what it hears, its secret, and what became of its deliveries. */
export function WebhookPage(view: View) {
  const { frame, staff, webhook, values, errors, refusal, secret, done } = view
  const t = deskTexts(frame.locale).webhooks
  const path = `/desk/webhooks/${webhook.id}`
  const said = wordFor(t.done, done)
  const whys: Record<WebhookRefusal, What> = { changed: t.changed, closed: t.closed, lost: t.secret.lost }
  return (
    <Console frame={frame} staff={staff} title={webhook.url} nav="security" fixed={secret !== null}>
      <Crumbs frame={frame} links={[[t.title, '/desk/webhooks']]} />
      <h1 class="typed">{webhook.url}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={['url', 'types']} labels={t.labels} />
      {said !== undefined && refusal === null && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refusal && <Notice what={whys[refusal]} tone="stop" alert />}
      {webhook.state === 'stopped' && <Notice what={t.stopped} tone="warn" />}
      <section class="card">
        <Facts
          rows={[
            [t.columns.state, <WebhookState frame={frame} state={webhook.state} />],
            [t.labels.desk, ofDesk(frame, webhook)],
            [t.answered, webhook.answered_at === null ? t.never : momentText(frame.locale, webhook.answered_at)],
          ]}
        />
        <div class="acts">
          {webhook.state === 'active' ? (
            <Button action={`${path}/pause`} label={t.pause} />
          ) : (
            <Button action={`${path}/resume`} label={t.resume} />
          )}
          <a class="btn quiet" href={`${path}/delete`}>
            {t.delete.open}
          </a>
        </div>
      </section>
      <form id="form" class="card narrow" action={path} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        <WebhookFields frame={frame} values={values} errors={errors} />
        <button class="btn" type="submit">
          {t.save}
        </button>
      </form>
      <Secret frame={frame} webhook={webhook} secret={secret} />
      <Deliveries {...view} />
    </Console>
  )
}

/** Asks before a webhook is deleted. */
export function DeleteWebhookPage({
  frame,
  staff,
  webhook,
  shown,
  changed,
}: DeskView & { webhook: Webhook; shown: string; changed: boolean }) {
  const d = deskTexts(frame.locale).webhooks
  const t = d.delete
  const path = `/desk/webhooks/${webhook.id}`
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="security">
      <Crumbs
        frame={frame}
        links={[
          [d.title, '/desk/webhooks'],
          [webhook.url, path],
        ]}
      />
      <h1>{t.title}</h1>
      {changed && <Notice what={d.changed} tone="stop" alert />}
      <Notice what={t.ask} tone="warn" />
      <section class="card">
        <Facts
          rows={[
            [d.labels.url, webhook.url],
            [d.labels.desk, ofDesk(frame, webhook)],
            [d.labels.types, typesText(frame, webhook)],
          ]}
        />
      </section>
      <form id="form" class="acts" action={`${path}/delete`} method="post">
        <input type="hidden" name="shown" value={shown} />
        <button class="btn stop" type="submit">
          {t.do}
        </button>
        <a class="btn quiet" href={path}>
          {t.leave}
        </a>
      </form>
    </Console>
  )
}
