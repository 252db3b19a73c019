import type { Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import type { Request } from './read.ts'
import type { Value } from './value.ts'

/** Who calls, and what is called. */
export interface Call {
	blog: Blog
	settings: Settings
	/** The caller's internet address. */
	ip: string
	/** The language the caller asked for. */
	locale: string
}

/** Answers one kind of call. @throws Fault */
export type Method = (call: Call, params: Value[]) => Promise<Value> | Value

/** Methods by name: `pingback.ping`. */
export type Methods = Record<string, Method>

/** How many bytes a call may have that is longer than others, by its beginning. @throws Fault */
export type Allowance = (call: Call, beginning: Request) => Promise<number>
