// Only as much of ECharts as a line chart needs; loaded when a chart is shown.
import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

const COLORS = ['#0d4a44', '#2b6c9b', '#9a6a00', '#65489a', '#00796b', '#5c6663']

export interface Line {
  name: string
  /** Its own, where one is meant: red for what is late. */
  color?: string
  values: number[]
}

/** A chart in that element; the caller disposes of it. */
export function chartIn(element: HTMLElement): ECharts {
  return init(element)
}

export function draw(chart: ECharts, days: readonly string[], lines: readonly Line[]): void {
  chart.setOption(
    {
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      color: lines.map((line, index) => line.color ?? COLORS[index % COLORS.length] ?? '#5c6663'),
      grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
      legend: { type: 'scroll', top: 8 },
      // Drawn and not written into the page: the content policy forbids styles in what is written.
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: { type: 'category', data: days, boundaryGap: false },
      yAxis: { type: 'value', minInterval: 1 },
      series: lines.map((line, index) => ({
        type: 'line', name: line.name, data: line.values, symbolSize: 6,
        // Lines are told apart without colour as well.
        lineStyle: { width: 2, type: (['solid', 'dashed', 'dotted'] as const)[index % 3] }, symbol: ['circle', 'rect', 'triangle', 'diamond'][index % 4],
      })),
    },
    { notMerge: true },
  )
}
