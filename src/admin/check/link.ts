import type { Context } from './context.ts';
import type { Credential } from './credential.ts';
import type { FrontPage } from './front-page.ts';
import type { Glance } from './glance.ts';
import type { Report } from './report.ts';
import type { CheckId, Finding } from './result.ts';

/** What a link's check works on. What several of them need is asked for once. */
export interface Run {
	context: Context;
	/** Another link's finding. */
	result: (id: CheckId) => Promise<Finding>;
	frontPage: () => Promise<FrontPage>;
	glance: () => Promise<Glance>;
	credential: () => Promise<Credential>;
	report: () => Promise<Report>;
}
