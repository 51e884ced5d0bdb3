"""Scopes of bots and events that Slack knows (docs.slack.dev and slack_sdk 3.47, November 2026)."""

SCOPES = frozenset(
    # A table, to be read as one.
    """
    app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write
    canvases:read canvases:write channels:history channels:join channels:manage channels:read
    channels:write.invites channels:write.topic chat:write chat:write.customize chat:write.public commands
    conversations.connect:manage conversations.connect:read conversations.connect:write dnd:read emoji:read
    files:read files:write groups:history groups:read groups:write groups:write.invites groups:write.topic
    im:history im:read im:write incoming-webhook links.embed:write links:read links:write lists:read
    lists:write metadata.message:read mpim:history mpim:read mpim:write mpim:write.topic pins:read pins:write
    reactions:read reactions:write reminders:read reminders:write remote_files:read remote_files:share
    remote_files:write search:read.public team.billing:read team.preferences:read team:read triggers:read
    triggers:write usergroups:read usergroups:write users.profile:read users:read users:read.email users:write
    workflow.steps:execute
    """.split()  # noqa: SIM905 - likewise
)

EVENTS = frozenset(
    """
    agent_session_stopped agent_session_title_changed app_context_changed app_home_opened app_mention
    app_uninstalled assistant_thread_context_changed assistant_thread_started channel_archive channel_created
    channel_deleted channel_left channel_rename channel_shared channel_unarchive channel_unshared file_shared
    group_archive group_left group_rename group_unarchive im_close im_created im_open link_shared
    member_joined_channel member_left_channel message.app_home message.channels message.groups message.im
    message.mpim pin_added pin_removed reaction_added reaction_removed shared_channel_invite_accepted
    shared_channel_invite_approved shared_channel_invite_declined shared_channel_invite_received
    subteam_created subteam_updated team_domain_change team_join team_rename tokens_revoked user_change
    user_profile_changed user_status_changed
    """.split()  # noqa: SIM905 - likewise
)
