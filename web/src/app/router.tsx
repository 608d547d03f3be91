import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { DeskPage } from './DeskPage'
import { Shell } from './Shell'

const root = createRootRoute({ component: Shell, notFoundComponent: DeskPage })

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

const queueFigures = createRoute({
  getParentRoute: () => root,
  path: '/figures/queues',
  validateSearch: (search: Record<string, unknown>) => textOnly(search),
  component: lazyRouteComponent(() => import('@/features/figures/QueuesPage'), 'QueuesPage'),
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
  routeTree: root.addChildren([desk, interactions, interaction, queueFigures, administration.addChildren([administrationPart]), profile]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
