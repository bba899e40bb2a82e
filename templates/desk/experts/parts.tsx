import type { Child } from 'hono/jsx'
import type { Expert } from '../../../src/experts/expert.ts'
import { Crumbs, Notice, wordFor } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import type { What } from '../../text/spoken.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The pages of an expert. */
const WAYS = { profile: '', hours: '/hours', absences: '/absences', ties: '/ties', leave: '/leave' } as const

/** One of the pages of an expert. */
export type ExpertWay = keyof typeof WAYS

/** What every page of an expert is given. `isOwn`: the expert looks at it. */
export type ExpertView = DeskView & { expert: Expert; isOwn: boolean; done: string | undefined }

/** The frame around a page of an expert: the ways to the others, and what came of an act. */
export function ExpertFrame(props: {
  view: ExpertView
  at: ExpertWay
  title: string
  refusal?: What | null
  children?: Child
}) {
  const { view, at, title, refusal } = props
  const { frame, staff, expert, isOwn, done } = view
  const t = deskTexts(frame.locale).experts
  const said = wordFor(t.done, done)
  const ways: ExpertWay[] = isOwn ? ['hours', 'absences', 'ties'] : ['profile', 'hours', 'absences', 'ties', 'leave']
  const open = expert.state === 'left' ? ways.filter((way) => way === 'profile' || way === 'ties') : ways
  return (
    <Console frame={frame} staff={staff} title={title} nav={isOwn ? 'mine' : 'experts'}>
      <Crumbs frame={frame} links={[isOwn ? [t.mine, '/desk/mine'] : [t.back, '/desk/experts']]} />
      <h1>{title}</h1>
      <p class="acts">
        {open.map((way) => (
          <a
            class="chip"
            href={`/desk/experts/${expert.id}${WAYS[way]}`}
            aria-current={way === at ? 'page' : undefined}
          >
            {t.ways[way]}
          </a>
        ))}
      </p>
      {said !== undefined && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refusal && <Notice what={refusal} tone="stop" alert />}
      {expert.state === 'left' && <Notice what={{ what: t.left, next: '' }} tone="warn" />}
      {props.children}
    </Console>
  )
}
