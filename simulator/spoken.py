"""What the simulator tells an app by itself: every event and interaction, and when it comes."""

from collections.abc import Mapping

# By the name that an app subscribes to. What is not here, a test can announce in its own words.
EVENTS: Mapping[str, str] = {
    "agent_session_stopped": "somebody stops an agent that is at work",
    "app_home_opened": "somebody opens the Home tab or the Messages tab",
    "app_mention": "somebody names the app in a room that it is in",
    "app_uninstalled": "somebody throws the app out of the workspace",
    "channel_archive": "a public channel is closed",
    "channel_created": "a public channel is made",
    "channel_left": "the app is let out of a public channel",
    "channel_rename": "a public channel gets another name",
    "channel_unarchive": "a public channel is opened again",
    "file_created": "a file has come in whole",
    "file_deleted": "a file is taken away",
    "file_shared": "a file is shown in a room",
    "group_archive": "a private channel that the app is in is closed",
    "group_left": "the app is let out of a private channel",
    "group_rename": "a private channel that the app is in gets another name",
    "group_unarchive": "a private channel that the app is in is opened again",
    "member_joined_channel": "somebody comes into a room that the app is in",
    "member_left_channel": "somebody leaves a room that the app is in",
    "message.channels": "somebody writes, corrects or deletes in a public channel that the app is in",
    "message.groups": "the same in a private channel",
    "message.im": "the same in the direct message with the app",
    "message.mpim": "the same in a group that the app is in",
    "reaction_added": "somebody puts a reaction under a message",
    "reaction_removed": "somebody takes a reaction away again",
    "team_join": "an administrator lets somebody new into the workspace",
    "tokens_revoked": "the app's token ends because it was thrown out",
    "user_change": "an account is renamed, closed or opened again",
}

INTERACTIONS: Mapping[str, str] = {
    "slash_commands": "somebody types one of the manifest's commands",
    "block_actions": "somebody presses or chooses in a message, a modal or the Home tab",
    "block_suggestion": "somebody types into a menu whose options the app gives",
    "view_submission": "somebody sends a modal",
    "view_closed": "somebody closes a modal that wants to tell (`notify_on_close`)",
    "shortcut": "somebody uses a global shortcut",
    "message_action": "somebody uses a shortcut of a message",
}
