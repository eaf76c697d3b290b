"""The world in Discord's JSON: ids are strings, permissions are strings, times are ISO 8601."""

from tests.wire.nouns import Kind

JOINED_AT = "2026-01-01T00:00:00+00:00"
_THINKING = 1 << 7
_REQUIRE_TAG = 1 << 4
_VOICE = {"bitrate": 64000, "user_limit": 0, "rtc_region": None}


def user(one):
    return {
        "id": str(one.id),
        "username": one.name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": one.is_bot,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
    }


def me(world):
    return user(world.bot) | {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-US"}


def application(world):
    return {
        "id": str(world.application_id),
        "name": "On Record",
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(world.owner),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "summary": "",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        **world.switches,
    }


def message(one):
    return {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "author": user(one.author),
        "content": one.content,
        "timestamp": one.created_at.isoformat(),
        "edited_timestamp": one.edited_at.isoformat() if one.edited_at else None,
        "tts": False,
        "mention_everyone": "everyone" in one.pings,
        "mentions": [],
        "mention_roles": [],
        "attachments": one.attachments,
        "embeds": [_embed(embed) for embed in one.embeds],
        "pinned": False,
        "type": one.type,
        "components": one.components,
        "flags": one.flags | (_THINKING if one.is_thinking else 0),
        **({"nonce": one.nonce} if one.nonce else {}),
        **({"message_reference": one.reference} if one.reference else {}),
        **(_of_interaction(one) if one.interaction else {}),
    }


def _embed(one):
    fields = [{"inline": False, **field} for field in one.get("fields") or ()]
    return {"type": "rich", **one} | ({"fields": fields} if fields else {})


def _of_interaction(one):
    bot_id = str(one.author.id)
    return {"interaction_metadata": _metadata(one.interaction), "application_id": bot_id, "webhook_id": bot_id}


def _metadata(asked):
    return {
        "id": str(asked.id),
        "type": int(asked.type),
        "user": user(asked.member.user),
        "authorizing_integration_owners": {"0": str(asked.channel.guild_id)},
        **({"interacted_message_id": str(asked.source.id)} if asked.source and not asked.trigger else {}),
        **({"triggering_interaction_metadata": _metadata(asked.trigger)} if asked.trigger else {}),
    }


def guild(world, one):
    channels = [two for two in one.channels.values() if not two.is_thread]
    threads = [two for two in one.channels.values() if two.is_thread and not two.thread.is_archived]
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "owner_id": str(one.owner_id),
        "region": "",
        "afk_channel_id": None,
        "afk_timeout": 60,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [role(position, two, one) for position, two in enumerate(one.roles.values())],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": _id(one.system_channel_id),
        "public_updates_channel_id": _id(one.updates_channel_id),
        "system_channel_flags": 0,
        "premium_tier": 0,
        "nsfw_level": 0,
        "preferred_locale": "en-US",
        "joined_at": JOINED_AT,
        "large": False,
        "unavailable": False,
        "member_count": len(one.members),
        "voice_states": [],
        "members": [member(world.me(one))],
        "channels": [channel(position, two) for position, two in enumerate(channels)],
        "threads": [thread(two, world.bot_id) for two in threads if world.permissions(two)],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel(position, one):
    if one.is_thread:
        return thread(one)
    if one.recipient:
        return direct_channel(one)
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "name": one.name,
        "position": position,
        "permission_overwrites": [_overwrite(*two) for two in one.overwrites.items()],
        "nsfw": False,
        "topic": None,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "rate_limit_per_user": 0,
        "last_message_id": str(max(one.messages)) if one.messages else None,
        "flags": _REQUIRE_TAG if one.requires_tag else 0,
        **(_VOICE if one.kind in (Kind.VOICE, Kind.STAGE) else {}),
        **({"available_tags": [_tag(two) for two in one.tags]} if one.tags else {}),
    }


def _id(number):
    return str(number) if number else None


def direct_channel(one):
    last = str(max(one.messages)) if one.messages else None
    return {"id": str(one.id), "type": 1, "last_message_id": last, "flags": 0, "recipients": [user(one.recipient)]}


def channel_alone(one):
    """A channel outside of its guild's list, as events and answers have it."""
    return channel(0, one) | ({"guild_id": str(one.guild_id)} if one.guild_id else {})


def _overwrite(who, overwrite):
    return {"id": str(who), "type": overwrite.type, "allow": str(overwrite.allow), "deny": str(overwrite.deny)}


def _tag(tag):
    return {"id": tag["id"], "name": tag["name"], "moderated": False, "emoji_id": None, "emoji_name": None}


def thread(one, member_id=None):
    state = one.thread
    archived_at = state.archived_at or state.created_at
    joined = state.members.get(member_id)
    return {
        "id": str(one.id),
        "guild_id": str(one.guild_id),
        "parent_id": str(one.parent_id),
        "owner_id": str(state.owner_id),
        "name": one.name,
        "type": int(one.kind),
        "last_message_id": str(max(one.messages)) if one.messages else None,
        "message_count": len(one.messages),
        "total_message_sent": len(one.messages),
        "member_count": len(state.members),
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": state.tags,
        "thread_metadata": {
            "archived": state.is_archived,
            "auto_archive_duration": state.archive_minutes,
            "archive_timestamp": archived_at.isoformat(),
            "locked": state.is_locked,
            "create_timestamp": state.created_at.isoformat(),
        },
        **({"member": thread_member(one, member_id)} if joined else {}),
    }


def thread_member(one, user_id):
    joined_at = one.thread.members[user_id].isoformat()
    return {"id": str(one.id), "user_id": str(user_id), "join_timestamp": joined_at, "flags": 0}


def member(one):
    return {
        "user": user(one.user),
        "nick": None,
        "avatar": None,
        "roles": [str(role_id) for role_id in one.roles],
        "joined_at": JOINED_AT,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }


def role(position, one, of_guild):
    return {
        "id": str(one.id),
        "name": one.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0 if one.id == of_guild.id else position,
        "permissions": str(one.permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
