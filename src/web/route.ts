import type { IncomingMessage } from 'node:http'

/** A request that has found its route. */
type Routed = IncomingMessage & { route?: string }

/** Remembers the pattern of routes.ts that a request has found. */
export function nameRoute(request: Routed, route: string): void {
	request.route = route
}

/** The pattern that a request has found; `none` for addresses that are nothing here. */
export function routeOf(request: Routed): string {
	return request.route ?? 'none'
}
