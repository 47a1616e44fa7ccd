// The one name that a tool of ours imports from an absent package as it loads (@wp-playground/storage, for GitHub checkouts).
export const Octokit = undefined;
