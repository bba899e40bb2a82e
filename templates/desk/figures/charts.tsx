import type { Child } from 'hono/jsx'
import { PREFECTURES } from '../../../src/base/japan/prefecture.ts'
import type { Locale } from '../../../src/base/locale.ts'
import type { FiguresTexts } from '../../text/figures.ts'
import { TILES, WIDE } from './tiles.ts'

/**
 * One value of a chart. `more` are further numbers for its table. `tick` and `under` are shown below a column if its
 * label would be too long.
 */
export type Point = {
  key: string
  label: string
  value: number
  more?: readonly number[]
  tick?: string
  under?: string
}

type ChartProps = {
  t: FiguresTexts
  /** Unique on the page; ids are made from it. */
  id: string
  title: string
  points: readonly Point[]
  /** The column headings of the table: first the value, then `more`. */
  heads: readonly string[]
}

/** The largest value in words, for people who do not see the drawing. */
function largest(t: FiguresTexts, points: readonly Point[]): string {
  const top = points.reduce<Point | null>((most, one) => (one.value > (most?.value ?? 0) ? one : most), null)
  return top ? t.charts.point(top.label, top.value) : t.charts.nothing
}

/** A drawing with its name and description. It fills the width of its container. */
function Drawing(props: { id: string; title: string; desc: string; width: number; height: number; children: Child }) {
  const { id, title, width, height } = props
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{props.desc}</desc>
      {props.children}
    </svg>
  )
}

/** A drawing that scrolls if it would otherwise be too small to read. */
function Wide({ name, children }: { name: string; children: Child }) {
  return (
    <section class="scroll chart-wide" tabindex={0} aria-label={name}>
      {children}
    </section>
  )
}

function DataTable({ t, id, title, points, heads }: ChartProps) {
  return (
    <details class="chart-data">
      <summary>{t.charts.table}</summary>
      <section class="scroll" tabindex={0} aria-labelledby={`${id}-table`}>
        <table class="list numbers">
          <caption id={`${id}-table`}>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t.charts.name}</th>
              {heads.map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr>
                <th scope="row">{point.label}</th>
                {[point.value, ...(point.more ?? [])].map((value) => (
                  <td class="num">{String(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

const WIDTH = 400
const ROW = 44

/** Horizontal bars. The label is above the bar and the value beside it, so labels of any length fit. */
export function BarChart(props: ChartProps) {
  const { t, id, title, points } = props
  const most = Math.max(1, ...points.map((point) => point.value))
  return (
    <figure class="chart">
      <Drawing
        id={id}
        title={title}
        width={WIDTH}
        height={points.length * ROW}
        desc={t.charts.bars(title, largest(t, points))}
      >
        {points.map((point, i) => {
          const length = Math.round((point.value / most) * (WIDTH - 60))
          return (
            <g>
              <text x="0" y={String(i * ROW + 16)} class="chart-label">
                {point.label}
              </text>
              <rect x="0" y={String(i * ROW + 22)} width={String(length)} height="14" class="chart-bar" />
              <text x={String(length + 6)} y={String(i * ROW + 34)} class="chart-value">
                {String(point.value)}
              </text>
            </g>
          )
        })}
      </Drawing>
      <DataTable {...props} />
    </figure>
  )
}

const HEIGHT = 220
const BOTTOM = 180

/** Columns for months, in the order of the points. The label is below; the value is on top if it fits. */
export function ColumnChart(props: ChartProps) {
  const { t, id, title, points } = props
  const most = Math.max(1, ...points.map((point) => point.value))
  const width = 720 / Math.max(12, points.length)
  const every = Math.ceil(points.length / 14)
  return (
    <figure class="chart">
      <Wide name={t.charts.drawing(title)}>
        <Drawing id={id} title={title} width={720} height={HEIGHT} desc={t.charts.columns(title, largest(t, points))}>
          <line x1="0" y1={String(BOTTOM)} x2="720" y2={String(BOTTOM)} class="chart-line" />
          {points.map((point, i) => {
            const height = Math.round((point.value / most) * (BOTTOM - 24))
            const middle = String(Math.round(i * width + width / 2))
            return (
              <g text-anchor="middle">
                <rect
                  x={String(Math.round(i * width + width * 0.2))}
                  y={String(BOTTOM - height)}
                  width={String(Math.round(width * 0.6))}
                  height={String(height)}
                  class="chart-bar"
                />
                {width >= 24 && (point.value > 0 || every === 1) && (
                  <text x={middle} y={String(BOTTOM - height - 6)} class="chart-value">
                    {String(point.value)}
                  </text>
                )}
                {i % every === 0 && (
                  <text x={middle} y={String(BOTTOM + 18)} class="chart-tick">
                    {point.tick ?? point.label}
                  </text>
                )}
                {point.under !== undefined && (
                  <text x={middle} y={String(BOTTOM + 34)} class="chart-tick">
                    {point.under}
                  </text>
                )}
              </g>
            )
          })}
        </Drawing>
      </Wide>
      <DataTable {...props} />
    </figure>
  )
}

const TILE = 44

/** How dark a tile is, from 0 (nothing) to 4 (the most). The tile also shows its number. */
function shade(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 4))
}

/** A map of the 47 prefectures as tiles, each with its number. Points are found by the code of the prefecture. */
export function TileMap(props: ChartProps & { locale: Locale }) {
  const { t, id, title, points, locale, heads } = props
  const most = Math.max(1, ...points.map((point) => point.value))
  const values = new Map(points.map((point) => [point.key, point.value]))
  return (
    <figure class="chart">
      <Wide name={t.charts.drawing(title)}>
        <Drawing
          id={id}
          title={title}
          width={14 * TILE}
          height={12 * TILE}
          desc={t.charts.map(title, largest(t, points))}
        >
          {PREFECTURES.map(({ code, short, letters }) => {
            const [row, column] = TILES[code] ?? [1, 1]
            const size = (code === WIDE ? 2 : 1) * TILE - 2
            const [x, y] = [(column - 1) * TILE, (row - 1) * TILE]
            const value = values.get(code) ?? 0
            const middle = String(x + size / 2)
            return (
              <g text-anchor="middle" class={`tile shade-${shade(value, most)}`}>
                <rect x={String(x)} y={String(y)} width={String(size)} height={String(size)} rx="4" />
                <text x={middle} y={String(y + size / 2 - 3)} class="tile-name">
                  {locale === 'ja' ? short : letters}
                </text>
                <text x={middle} y={String(y + size / 2 + 15)} class="tile-value">
                  {String(value)}
                </text>
              </g>
            )
          })}
        </Drawing>
      </Wide>
      <figcaption class="soft small">{t.charts.legend}</figcaption>
      <DataTable t={t} id={id} title={title} points={points} heads={heads} />
    </figure>
  )
}
