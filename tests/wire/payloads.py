"""The world in Discord's JSON: ids are strings, permissions are strings, times are ISO 8601."""

from tests.wire.world import EVERYTHING_NEEDED


def user(world):
    return {
        "id": str(world.bot_id),
        "username": "onrecord",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": True,
        "flags": 0,
        "verified": True,
        "mfa_enabled": False,
        "email": None,
        "locale": "en-US",
    }


def application(world):
    return {
        "id": str(world.application_id),
        "name": "On Record",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": {"id": "1", "username": "operator", "discriminator": "0", "global_name": None, "avatar": None},
        "team": None,
        "verify_key": "00",
        "flags": 0,
        "summary": "",
    }


def message(world, one):
    return {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "author": user(world),
        "content": one.content,
        "timestamp": one.created_at.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [{"type": "rich", **embed} for embed in one.embeds],
        "pinned": False,
        "type": 0,
        "components": [],
        "flags": 0,
    }


def guild(world, one):
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "owner_id": "1",
        "region": "",
        "afk_channel_id": None,
        "afk_timeout": 60,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [_everyone(one)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "premium_tier": 0,
        "nsfw_level": 0,
        "preferred_locale": "en-US",
        "joined_at": "2026-01-01T00:00:00+00:00",
        "large": False,
        "unavailable": False,
        "member_count": 2,
        "voice_states": [],
        "members": [_member(world)],
        "channels": [channel(position, two) for position, two in enumerate(one.channels.values())],
        "threads": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel(position, one):
    denied = [{"id": str(one.guild_id), "type": 0, "allow": "0", "deny": str(one.denied)}] if one.denied else []
    return {
        "id": str(one.id),
        "type": 0,
        "name": one.name,
        "position": position,
        "permission_overwrites": denied,
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "last_message_id": None,
    }


def _member(world):
    return {
        "user": user(world),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }


def _everyone(one):
    return {
        "id": str(one.id),
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(EVERYTHING_NEEDED),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
