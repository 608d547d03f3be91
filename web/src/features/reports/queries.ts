import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import type { Language } from '@/shared/i18n/translate'

export type Report = components['schemas']['ReportView']
export type ReportRun = components['schemas']['ReportRunView']
export type ReportRequest = components['schemas']['ReportRequest']
export type Format = components['schemas']['ReportFormat']

/** How often a run that is being made is looked at, and how often the list is otherwise. */
const ACTIVE_MS = 1_000
const QUIET_MS = 30_000

export const runsKey = ['report-runs']
export const schedulesKey = ['report-schedules']

/** Whether it is not over yet. */
export function isActive(run: ReportRun): boolean {
  return run.state === 'queued' || run.state === 'running'
}

export function libraryQuery(language: Language) {
  return queryOptions({
    queryKey: ['reports', language],
    queryFn: () => ask(api.GET('/api/v1/reports', { params: { query: { language } } })),
    staleTime: Infinity,
  })
}

/** Runs, the newest first, page by page; looked at again more often while one is being made. */
export function runsQuery(all: boolean) {
  return infiniteQueryOptions({
    queryKey: [...runsKey, all],
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/reports/runs', { params: { query: { all, before: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_before,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.rows.some(isActive)) ? ACTIVE_MS : QUIET_MS),
  })
}

/** All schedules; looked at again more often while reports of one are being made, or sent. */
export const schedulesQuery = queryOptions({
  queryKey: schedulesKey,
  queryFn: () => ask(api.GET('/api/v1/reports/schedules')),
  staleTime: 0,
  refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? ACTIVE_MS : QUIET_MS),
})

function isUnderWay({ last_fire }: components['schemas']['ReportScheduleView']): boolean {
  const runs = last_fire?.runs.some(({ state }) => state === 'queued' || state === 'running')
  return runs === true || last_fire?.mails.some(({ state }) => state === 'waiting' || state === 'sending') === true
}

/** Where the browser fetches a file of a run. */
export function fileAddress(run_id: string, format: Format): string {
  return `/api/v1/reports/runs/${run_id}/files/${format}`
}

/** Where the browser fetches all files of some runs as one ZIP. */
export function archiveAddress(run_ids: string[]): string {
  return `/api/v1/reports/archive?run_ids=${run_ids.join(',')}`
}

/** What asks for the same report again. */
export function requestOf(run: ReportRun): ReportRequest {
  const { from, to, time_zone, queue_ids, agent_ids, disposition_ids, ability_ids, media, grain, formats, language, paper } = run
  return { from, to, time_zone, queue_ids, agent_ids, disposition_ids, ability_ids, media, grain, formats, language, paper }
}
