import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { DeskPage } from './DeskPage'
import { Frame } from './Frame'

const root = createRootRoute({ component: Frame, notFoundComponent: DeskPage })

const desk = createRoute({ getParentRoute: () => root, path: '/', component: DeskPage })

const interactions = createRoute({
  getParentRoute: () => root,
  path: '/interactions',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/interactions/InteractionsPage'), 'InteractionsPage'),
})

const interaction = createRoute({
  getParentRoute: () => root,
  path: '/interactions/$id',
  component: lazyRouteComponent(() => import('@/features/interactions/DetailPage'), 'DetailPage'),
})

const figures = createRoute({
  getParentRoute: () => root,
  path: '/figures',
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, '') === '/figures') throw redirect({ to: '/figures/activity' })
  },
  component: lazyRouteComponent(() => import('./FiguresSection'), 'FiguresSection'),
})

const activity = createRoute({
  getParentRoute: () => figures,
  path: 'activity',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/floor/ActivityPage'), 'ActivityPage'),
})

const queueActivity = createRoute({
  getParentRoute: () => figures,
  path: 'activity/$id',
  component: lazyRouteComponent(() => import('@/features/floor/QueuePage'), 'QueuePage'),
})

const wallboard = createRoute({
  getParentRoute: () => root,
  path: '/wallboard',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/floor/Wallboard'), 'Wallboard'),
})

const queueFigures = createRoute({
  getParentRoute: () => figures,
  path: 'queues',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/figures/QueuesPage'), 'QueuesPage'),
})

const status = createRoute({
  getParentRoute: () => figures,
  path: 'status',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/floor/StatusPage'), 'StatusPage'),
})

const agentStatus = createRoute({
  getParentRoute: () => figures,
  path: 'status/$id',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/floor/TimelinePage'), 'TimelinePage'),
})

const agentFigures = createRoute({
  getParentRoute: () => figures,
  path: 'agents',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/figures/AgentsPage'), 'AgentsPage'),
})

const wrapUpFigures = createRoute({
  getParentRoute: () => figures,
  path: 'wrap-up',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/figures/WrapUpPage'), 'WrapUpPage'),
})

const expertFigures = createRoute({
  getParentRoute: () => figures,
  path: 'experts',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/figures/ExpertsPage'), 'ExpertsPage'),
})

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/reports/ReportsPage'), 'ReportsPage'),
})

const administration = createRoute({
  getParentRoute: () => root,
  path: '/administration',
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, '') === '/administration') throw redirect({ to: '/administration/$part', params: { part: 'users' } })
  },
})

const administrationPart = createRoute({
  getParentRoute: () => administration,
  path: '$part',
  component: lazyRouteComponent(() => import('@/features/administration/AdministrationPage'), 'AdministrationPage'),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/profile/ProfilePage'), 'ProfilePage'),
})

/** Filters are kept in the address as plain text. */
function textOnly(search: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(search).map(([key, value]) => [key, String(value)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

export const router = createRouter({
  routeTree: root.addChildren([
    desk,
    interactions,
    interaction,
    figures.addChildren([activity, queueActivity, queueFigures, status, agentFigures, wrapUpFigures, expertFigures, agentStatus]),
    wallboard,
    reports,
    administration.addChildren([administrationPart]),
    profile,
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
