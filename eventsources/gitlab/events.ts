/** What a webhook of GitLab may send, in the words of the rule; GitLab's own are `push_events` and so on. */
export const gitlabEvents: readonly string[] = [
  'PushEvents',
  'TagPushEvents',
  'IssuesEvents',
  'ConfidentialIssuesEvents',
  'MergeRequestsEvents',
  'NoteEvents',
  'ConfidentialNoteEvents',
  'JobEvents',
  'PipelineEvents',
  'WikiPageEvents',
  'DeploymentEvents',
  'ReleasesEvents',
  'EmojiEvents',
  'FeatureFlagEvents',
  'MilestoneEvents',
  'SubGroupEvents',
  'MemberEvents',
  'ResourceAccessTokenEvents',
  'VulnerabilityEvents',
];

/** GitLab's own word: `MergeRequestsEvents` is `merge_requests_events`. */
export const gitlabField = (event: string): string =>
  event === 'SubGroupEvents' ? 'subgroup_events' : event.replace(/(?!^)[A-Z]/g, (capital) => `_${capital}`).toLowerCase();
