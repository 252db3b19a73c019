import type { Blog } from '../../web/context.ts'

/** What of a blog is needed to tell others of it. */
export type Out = Pick<Blog, 'db' | 'config' | 'catalog' | 'clock' | 'log' | 'fetch'>
